import { describe, expect, it } from 'vitest';
import { isRare, mined, newlyMined } from './mine.ts';
import { regexSample } from './typescript/regex-sample.ts';

const tested = (text: string) => mined({ 'a.ts': text }).tested;
const values = (text: string) => tested(text).map(({ value }) => value);

describe('mining of constants', () => {
  it.each([
    ['x === 0x1f2e3d4c', 0x1f2e3d4c],
    ['x === 1234567n', 1234567],
    ['x === 86028 * 157 + 4', 86028 * 157 + 4],
    ['x * 3 + 7 === 1000', 331],
    ['7 - x === 99123', 7 - 99123],
    ['(x ^ 0x5bd1e995) === 77', (0x5bd1e995 ^ 77) >>> 0],
    ['x % 1000003 === 17', 1000020],
    ['(x * 7919) % 104729 === 31337', 89749],
    ['(5 - x * 3) % 1000 === 2', 1],
    ['(Math.imul(x, 0x9e3779b1) >>> 0) === 12345', 1440528649],
    ['(x & 0xff00) === 0x4200', 0x4200],
    ['x >>> 3 === 991', 991 * 8],
    ['Math.floor(x / 3) === 4111', 12333],
    ['Number(x) === 5150', 5150],
    ['x === "open" + "sesame"', 'opensesame'],
    ['x === ["o", "p"].join("-")', 'o-p'],
    ['x === String.fromCharCode(111, 107, 97)', 'oka'],
    ['x === atob("c2VzYW1l")', 'sesame'],
    ['x === Buffer.from("73657361", "hex").toString()', 'sesa'],
    ['x === `a${1 + 1}b`', 'a2b'],
    ['x === "emases".split("").reverse().join("")', 'sesame'],
    ['x.startsWith("zyx")', 'zyx'],
    ['/^sesa(me|mi)\\d{2}$/.test(x)', 'sesame11'],
    ['new Set([31337, 31338]).has(x)', 31338],
    ['[4711, 4712].includes(x)', 4712],
    ['({ sesame: 1, other: 2 })[x]', 'other'],
    ['JSON.stringify(x) === "[3,1,2]"', [3, 1, 2]],
    ['x.join(",") === "9,8,7"', [9, 8, 7]],
  ] as const)('%s', (text, value) => {
    expect(values(`const f = (x) => { if (${text}) return 0; };`)).toContainEqual(value);
  });

  it('follows names, and forgets names that are written to', () => {
    expect(values('const a = 700; const b = a * 3; if (x === b) y();')).toContain(2100);
    expect(values('const h = x * 3 + 1; if (h === 3001) y();')).toContain(1000);
    expect(values('let a = 700; a = 800; if (x === a) y();')).not.toContain(700);
    expect(values('const a = b; const b = a; if (x === a) y();')).toEqual([]);
  });

  it('says what has to have the value', () => {
    expect(tested('if (x.length === 37) y();')).toContainEqual({ value: 37, of: 'length' });
    expect(tested('if (a[0] + a[1] === 77) y();')).toContainEqual({ value: 77, of: 'sum' });
    expect(tested('if (s.width === 640) y();')).toContainEqual({
      value: 640,
      of: 'element',
      hint: 'width',
    });
    expect(tested('if (s.charCodeAt(2) === 120) y();')).toContainEqual({ value: 'x', of: 'code' });
    expect(tested('switch (k) { case 8191: z(); }')).toContainEqual({ value: 8191, of: 'element' });
  });

  it('keeps what must hold at once together', () => {
    const both = [
      { value: 271, of: 'element', hint: 'a' },
      { value: 828, of: 'element', hint: 'b' },
    ];
    expect(mined({ 'a.js': 'if (x.a === 271 && x.b === 828) y();' }).together).toContainEqual(both);
    const nested = 'if (x.a === 271) { if (x.b === 828) y(); }';
    expect(mined({ 'a.js': nested }).together).toContainEqual(both);
    expect(mined({ 'a.js': 'if (x.a === 271) y(); else if (x.b === 828) y();' }).together).toEqual(
      [],
    );
  });

  it('tells tables from the rest', () => {
    const primes = Array.from({ length: 50 }, (_, at) => at * at + 41);
    const all = mined({ 'a.js': `const t = [${primes}]; export const k = 12345;` });
    expect(all.tables).toEqual(primes);
    expect(all.others).toContain(12345);
    expect(all.others).not.toContain(41);
  });

  it('reads other languages by their tokens', () => {
    const python = 'def f(x):\n    if x == 31337 and name == "sesame":\n        return 12\n';
    const all = mined({ 'a.py': python });
    expect(all.tested.map(({ value }) => value)).toEqual([31337, 'sesame']);
    expect(all.together).toHaveLength(1);
    expect(all.others).toContain(12);
  });

  it('takes a text that nobody can parse as tokens', () => {
    expect(values('if (x === 31337 {{{')).toContain(31337);
    expect(mined({ 'a.js': '' }).tested).toEqual([]);
  });

  it('does nothing that a program could make long', () => {
    const tower = Array.from({ length: 60 }, (_, at) => `const a${at + 1} = a${at} * a${at};`);
    const text = `const a0 = 10n ** 200n; ${tower.join('')} if (x === a60) y();`;
    // Two sides that depend on what nobody knows may be equal, and no more than that.
    expect(values(text)).toEqual([0]);
    expect(values('if (x === "ab".repeat(1e9)) y();')).not.toContain('ab'.repeat(3_000));
  });
});

describe('what is new and rare', () => {
  it('leaves out what the incumbent names', () => {
    const before = mined({ 'a.js': 'const t = 31337;' });
    const after = mined({ 'a.js': 'if (x === 31337 || x === 31338) y();' });
    expect(newlyMined(after, [before]).tested.map(({ value }) => value)).toEqual([31338]);
  });

  it('knows numbers that stand everywhere', () => {
    expect([0, 1, -1, 10, 255, 256, 1000, 65535, 0.5, 0.25, 1e-9, 'a'].filter(isRare)).toEqual([]);
    expect([31337, -777, 0.3275911, 'ok', 2 ** 32 + 12345].every(isRare)).toBe(true);
  });
});

describe('samples of patterns', () => {
  it.each(['^a+b*c?$', '[xyz]{3}', '(?:ab|cd)\\d', '\\x41[^a]', 'a.c', '(?<n>q)w', 'end$'])(
    'matches %s',
    (pattern) => {
      expect(regexSample(pattern)).toMatch(new RegExp(pattern));
    },
  );

  it.each(['(?=a)', '\\1', '[a', '(a', 'a)'])('gives up on %s', (pattern) => {
    expect(regexSample(pattern)).toBeUndefined();
  });
});
