import { transformSync } from 'oxc-transform';
import { describe, expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import type { Language } from './language.ts';
import { languageOf } from './language-of.ts';
import { unreadable } from './typescript/guard.ts';

const typescript = languageOf('src/a.ts');

const whole = (text: string) => ({ text, spans: [{ start: 0, end: text.length }] });

/** Different children of one variation, in order of first appearance. */
function childrenOf(name: string, text: string, mate?: string): ReadonlySet<string> {
  const { vary } = typescript.variations.find((one) => one.name === name) ?? {};
  const draw = (seed: number): string | undefined =>
    vary?.(
      whole(text),
      publicRoot(`${name} ${seed}`).stream(0, 'vary'),
      mate ? whole(mate) : undefined,
    );
  const found = Array.from({ length: 200 }, (_, seed) => draw(seed));
  return new Set(found.filter((child) => child !== undefined));
}

const LOOPS = `for (let i = 0; i < n; i++) {
  for (let j = 0; j < m; j++) {
    if (a[i] > b[j]) {
      use(i, j);
    }
  }
}
`;

describe('what a variation makes', () => {
  test.each([
    ['operator', 'x = a < b;', 'x = a >= b;'],
    ['operator', 'x += 2;', 'x -= 2;'],
    ['negate', 'if (a > b) f();', 'if (!(a > b)) f();'],
    ['operands', 'x = (a + b) * c;', 'x = (c) * (a + b);'],
    ['replace', 'x = a - b * 2;', 'x = a - b * (b * 2);'],
    ['hoist', 'x = a + b;', 'x = b;'],
    ['choice', 'x = a < 3; y = c;', 'x = a < 3; y = (a < 3 ? c : a);'],
    ['combine', 'x = a;', 'x = (a * a);'],
    ['guard', 'x = a < 3;\ny = 1;\n', 'x = a < 3;\nif (a < 3) {\n  y = 1;\n}\n'],
    ['unguard', LOOPS, LOOPS.replace(/ {4}if.*\n {2}(.*)\n {4}\}/, '$1')],
    ['leave', LOOPS, LOOPS.replace('    if', '    if (i < n) break;\n    if')],
    ['bound', LOOPS, LOOPS.replace('i < n', 'i < n - 1')],
    ['stride', LOOPS, LOOPS.replace('j++', 'j += 2')],
    [
      'order',
      LOOPS,
      LOOPS.replace('i = 0; i < n; i++', '#')
        .replace('j = 0; j < m; j++', 'i = 0; i < n; i++')
        .replace('#', 'j = 0; j < m; j++'),
    ],
    ['delete', 'a();\nb();\n', 'a();\n'],
    ['duplicate', '{\n  a();\n}\n', '{\n  a();\n  a();\n}\n'],
    ['swap', 'a();\nb();\n', 'b();\na();\n'],
    ['move', 'if (x) {\n  a();\n}\nb();\n', 'if (x) {\n  b();\n  a();\n}\n'],
  ])('%s: %j', (name, text, child) => {
    expect([...childrenOf(name, text)]).toContain(child);
  });

  test('a mate lends statements and expressions, at the depth of their new place', () => {
    const mate = 'for (;;) {\n    if (x > 1) {\n        x = 2;\n    }\n}\n';
    const text = 'let x = 0;\nx = 1;\n';
    const crossed = childrenOf('crossover', text, mate);
    expect([...crossed]).toContain('let x = 0;\nif (x > 1) {\n    x = 2;\n}\n');
    expect([...childrenOf('graft', text, 'x = x - 7;')]).toContain(
      'let x = 0;\nx = (x - 7);\n'.replace('(x - 7)', '(x - 7)'),
    );
    expect(childrenOf('crossover', text).size).toBe(0);
  });

  test('arithmetic goes through the closed language and comes back without its helpers', () => {
    const text =
      'function f(a: number, b: number): number {\n  return a * 2 - Math.max(b, 3);\n}\n';
    const children = [...childrenOf('arithmetic', text)];
    expect(children.length).toBeGreaterThan(50);
    for (const child of children) expect(child).not.toMatch(/\b(?:div|square|grid|finite)\(/);
    expect(childrenOf('arithmetic', 'x = `${a}` + b[0];').size).toBe(0);
  });
});

describe('names', () => {
  const text = `function f(a) {
  const limit = a.length;
  let best = 0;
  for (const one of a) {
    const twice = one * 2;
    best = Math.max(best, twice);
  }
  return best + limit;
}
`;
  const run = (child: string): unknown =>
    new Function(
      `${transformSync('a.ts', child).code}\nreturn typeof f === 'function' ? f : () => 0;`,
    )();

  test('no child reads what is not declared, reads it too early, or writes a constant', () => {
    for (const { name } of typescript.variations) {
      for (const child of childrenOf(name, text, text)) {
        const f = run(child) as (a: readonly number[]) => number;
        try {
          f([1, 2, 3]);
        } catch (error) {
          // A child may still fail, but not over a name.
          expect(`${name}: ${error}`).not.toMatch(
            /is not defined|before initialization|constant variable/,
          );
        }
      }
    }
  });

  test('a declaration that is used stays, and one that is not may go', () => {
    expect(childrenOf('delete', 'const a = 1;\nuse(a);\n')).toEqual(new Set(['const a = 1;\n']));
    expect([...childrenOf('delete', 'const a = 1;\nconst b = 2;\nuse(a);\n')]).toContain(
      'const a = 1;\nuse(a);\n',
    );
  });
});

describe('texts', () => {
  test('keys, types, strings and directives are no numbers', () => {
    const text = "'use 5';\nconst a: 1 | 2 = 1; const b = { 3: 4, '5': x[6] }; enum E { A = 7 }\n";
    expect(typescript.constants(text).map(({ value }) => value)).toEqual([1, 4, 6, 7]);
  });

  test('imports of every form are named', () => {
    const text = `import a from 'a'; export * from "b"; import type { T } from 't';
const c = await import('c'); const d = require('d'); await import(name);`;
    expect(typescript.imports(text)).toEqual(['*', 'a', 'b', 'c', 'd', 't']);
  });

  test('a complaint names the line', () => {
    expect(typescript.complaint('a();\nconst b = ;\n')).toMatch(/^Line 2: /);
    expect(typescript.complaint('let a = 1;\nlet a = 2;\n')).toMatch(/already been declared\.$/);
    expect(typescript.complaint('for (;;) break;')).toBeUndefined();
    expect(() => typescript.normalise('const b = ;')).toThrow(
      expect.objectContaining({ code: 'SOURCE_UNSUPPORTED' }),
    );
  });

  test.each<[string, string]>([
    ['a.tsx', 'const a = <b c={1}>{d}</b>;'],
    ['a.jsx', 'const a = <b c={1}>{d}</b>;'],
    ['a.cjs', "const a = require('b'); module.exports = a;"],
    ['a.mjs', 'export default await 1;'],
    ['a.mts', 'const a = <T>(b: T): T => b;'],
  ])('%s is read', (path, text) => {
    const language: Language = languageOf(path);
    expect(language.complaint(text)).toBeUndefined();
    const normal = language.normalise(text);
    expect(language.normalise(normal)).toBe(normal);
  });
});

describe('text the native parser must not see', () => {
  const DEPTH = 20_000;
  test.each([
    ['brackets', '('.repeat(DEPTH)],
    ['lists', '['.repeat(DEPTH)],
    ['signs', `x = ${'!'.repeat(DEPTH)}1`],
    ['signs apart', `x = ${'- '.repeat(DEPTH)}1`],
    ['assignments', 'a={}='.repeat(DEPTH)],
    ['choices', 'a?{}:'.repeat(DEPTH)],
    ['branches', 'if(a){}else '.repeat(DEPTH)],
    ['bare branches', 'if(a)\n'.repeat(DEPTH)],
    ['arrows', 'a=>\n'.repeat(DEPTH)],
    ['templates', '`${'.repeat(DEPTH)],
    ['doubtful types', 'a<(b='.repeat(18)],
    ['doubtful patterns', 'a<({['.repeat(18)],
    ['length', ' '.repeat(1_000_001)],
  ])('%s', (_, text) => {
    expect(typescript.complaint(text)).toMatch(/nested too deeply|longer than/);
  });

  test('what people write passes', () => {
    const lines = (line: string): string => `${line}\n`.repeat(5000);
    for (const text of [
      lines('const a = f(b, [1, 2], { c: 3 });'),
      lines('a = b + c'),
      lines('if (a < b) { f(a); } else { g(b) }'),
      `const table = [${'1, 2, 3, '.repeat(20_000)}];`,
    ]) {
      expect(unreadable(text, false)).toBeUndefined();
    }
  });
});
