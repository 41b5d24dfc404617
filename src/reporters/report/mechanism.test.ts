import { expect, test } from 'vitest';
import { likeness, mechanismOf } from './mechanism.ts';

const files = (record: Record<string, string>) => JSON.stringify({ files: record });
const FROM = files({ 'a.ts': 'let x = 1;\nreturn x;', 'b.ts': 'f(2);' });

test('places are the files that differ, tokens what they gained and lost', () => {
  const to = files({ 'a.ts': 'let x = 1;\nif (x > 3) xs.sort();\nreturn x;', 'b.ts': 'f(2);' });
  const { places, tokens } = mechanismOf('llm', FROM, to);
  expect([...places]).toEqual(['a.ts']);
  expect([...tokens].sort()).toEqual(['+.', '+>', '+call:sort', '+if', 'name', 'number']);
});

test('slots of a forest are places, its operators what it calls', () => {
  const from = '{"bin":["add",["v","item"],["c",1.5]],"rest":["v","gap"]}';
  const to = '{"bin":["max",["v","item"],["c",2]],"rest":["v","gap"]}';
  const { places, tokens } = mechanismOf('mutate', from, to);
  expect([...places]).toEqual(['bin']);
  expect([...tokens].sort()).toEqual(['+call:max', '-call:add', 'number']);
});

test('another constant is like another constant, and unlike a new call elsewhere', () => {
  const constant = (n: number) => mechanismOf('tune', FROM, FROM.replace('x = 1', `x = ${n}`));
  const call = mechanismOf('llm', FROM, FROM.replace('f(2)', 'g(2)'));
  expect(likeness(constant(5), constant(7))).toBe(1);
  expect(likeness(constant(5), call)).toBe(0);
  expect(likeness(call, constant(5))).toBe(likeness(constant(5), call));
});

test('a text that is no record is one place; hostile text is only compared', () => {
  const { places } = mechanismOf('x', '\u001b[2J {', '} __proto__ \u202e');
  expect([...places]).toEqual(['text']);
  const odd = mechanismOf('x', '{"__proto__":"a","files":null}', '{"__proto__":"b","files":null}');
  expect(odd.places.size).toBe(1);
});
