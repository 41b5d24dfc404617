import { expect, test } from 'vitest';
import { readPrinted } from './printed.ts';

const valueIn = (text: string, name = 'p50_ms'): number | string => {
  const { metrics, faults } = readPrinted(text, [name]);
  return metrics[name] ?? faults[name] ?? 'neither';
};

test.each([
  ['a METRIC line', 'METRIC p50_ms=12.5', 12.5],
  ['a METRIC line with others', 'METRIC p99_ms=40 p50_ms=-1.5e-3 nonce=7', -1.5e-3],
  ['words for people', 'ran 9 times\np50_ms: 12.5 ms\n', 12.5],
  ['a unit at the number', 'p50_ms = 12.5ms', 12.5],
  ['JSON', '{"p50_ms":12.5,"p99_ms":40}', 12.5],
  ['colours', '\u001b[32mp50_ms\u001b[0m: \u001b[1m12.5\u001b[0m', 12.5],
  ['a METRIC line among words', 'p50_ms: 3\np50_ms: 4\nMETRIC p50_ms=12.5', 12.5],
  ['another case', 'P50_MS: 12.5', 12.5],
])('%s', (_, text, value) => {
  expect(valueIn(text)).toBe(value);
});

test.each([
  ['nothing', '', /printed no p50_ms/],
  ['a longer name', 'my_p50_ms: 3\np50_ms_total: 4\nx.p50_ms: 5', /printed no p50_ms/],
  ['no number', 'p50_ms: NaN', /printed no p50_ms/],
  ['a number with a separator', 'p50_ms: 1,234', /printed no p50_ms/],
  ['a clock', 'p50_ms: 12:30', /printed no p50_ms/],
  ['a version', 'p50_ms: 1.2.3', /printed no p50_ms/],
  ['twice', 'p50_ms: 3\np50_ms: 3', /printed p50_ms 2 times/],
  ['two METRIC lines', 'METRIC p50_ms=3\nMETRIC p50_ms=4', /2 times/],
  ['beyond all numbers', 'p50_ms: 1e999', /not a finite number/],
])('refused: %s', (_, text, fault) => {
  expect(valueIn(text)).toMatch(fault);
});

test('of several names each is looked for by itself', () => {
  expect(readPrinted('a: 1\nb: 2\nb: 3', ['a', 'b', 'c'])).toEqual({
    metrics: { a: 1 },
    faults: { b: expect.stringMatching(/2 times/), c: expect.stringMatching(/printed no c/) },
  });
});

test('planted: a flood of lines that almost match is read once', () => {
  const flood = 'METRIC a b c\n'.repeat(80_000) + 'p50_ms '.repeat(80_000);
  expect(valueIn(flood)).toMatch(/printed no p50_ms/);
  expect(valueIn(`${flood}\nMETRIC p50_ms=2`)).toBe(2);
});
