import { describe, expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { languageOf } from './language-of.ts';
import { plain } from './plain.ts';

const MAKE = `# weights of the score
weight = 3.5
limit = 10

function score(a, b)
  local best = a + b * weight
  if a < limit and b < 2 then
    best = best - 1
    best = best * 0.5
  end
  print("a + b < 10")
  return best
end
`;
const whole = (text: string) => ({ text, spans: [{ start: 0, end: text.length }] });
const rngOf = (seed: number) => publicRoot(`plain ${seed}`).stream(0, 'vary');
const variation = (name: string) => {
  const found = plain.variations.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no variation ${name}`);
  return found;
};
const childrenOf = (name: string, tries = 300): readonly string[] =>
  Array.from({ length: tries }, (_, seed) =>
    variation(name).vary(whole(MAKE), rngOf(seed), whole(MAKE)),
  ).filter((child) => child !== undefined);

describe('variations', () => {
  test('each finds something to do, and what it makes differs', () => {
    for (const { name } of plain.variations) {
      const children = childrenOf(name);
      expect(children.length, name).toBeGreaterThan(0);
      expect(children, name).not.toContain(MAKE);
    }
  });

  test('strings and comments are left alone', () => {
    for (const name of ['constant', 'jitter', 'operator']) {
      for (const child of childrenOf(name)) {
        expect(child).toContain('"a + b < 10"');
        expect(child).toContain('# weights of the score');
      }
    }
  });

  test('numbers move near and far; whole numbers stay whole and none becomes negative', () => {
    const children = childrenOf('constant', 600);
    expect(children).toContainEqual(MAKE.replace('limit = 10', 'limit = 11'));
    expect(children).toContainEqual(MAKE.replace('limit = 10', 'limit = 9'));
    const limits = children.map((child) => /limit = (\S+)/.exec(child)?.[1]);
    expect(limits.every((limit) => /^\d+$/.test(limit ?? ''))).toBe(true);
    expect(children.join()).not.toMatch(/= -/);
  });

  test('an operator gives way to one of its family', () => {
    const children = childrenOf('operator');
    expect(children).toContain(MAKE.replace('a < limit', 'a >= limit'));
    expect(children).toContain(MAKE.replace(' and ', ' or '));
    expect(children).toContain(MAKE.replace('a + b * weight', 'a - b * weight'));
  });

  test('a block travels with what it holds', () => {
    const block = /if a < limit.*?\n {2}end\n/s.exec(MAKE)?.[0] ?? '';
    for (const child of childrenOf('delete')) {
      const opened = child.match(/\b(?:function|then)\b/g)?.length ?? 0;
      expect(child.match(/\bend\b/g)?.length ?? 0).toBe(opened);
    }
    expect(childrenOf('duplicate').some((child) => child.split(block).length === 3)).toBe(true);
  });

  test('what comes from a mate takes the indentation of its new place', () => {
    const mate = whole('if x then\n        deep = 1\nend\n');
    const found = Array.from({ length: 300 }, (_, seed) =>
      variation('crossover').vary(whole(MAKE), rngOf(seed), mate),
    );
    expect(found.some((child) => child?.includes('\n  deep = 1\n'))).toBe(true);
    expect(variation('crossover').vary(whole(MAKE), rngOf(1))).toBeUndefined();
  });
});

test('size counts tokens and imports are found by their word', () => {
  expect(plain.size('a = foo(1.5) # x')).toBe(8);
  expect(plain.imports('#include <math.h>\nuse std::fmt;\nx = 1\nimport "os"\n')).toEqual([
    'math.h',
    'os',
    'std::fmt',
  ]);
  expect(plain.constants('x1 = 2 + v2.3 - 0x10 # 5').map(({ value }) => value)).toEqual([2, 16, 5]);
});

test('a file without a language here is plain', () => {
  expect(languageOf('a/b.lua')).toBe(plain);
  expect(languageOf('Makefile')).toBe(plain);
});
