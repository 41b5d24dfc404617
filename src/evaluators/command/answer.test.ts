import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAnswer } from './answer.ts';

const nonce = 'f00d';
const read = (lines: readonly string[], count = 2) =>
  readAnswer(lines.join('\n'), { nonce, count, metric: 'excess' });
const line = (index: number, excess: unknown, mark: unknown = nonce): string =>
  JSON.stringify({ nonce: mark, index, metrics: { excess, other: 5 } });
const scored = (value: number) => ({ outcome: 'scored', value });

test('JSON and METRIC lines are read, in any order', () => {
  expect(read([line(1, 2), line(0, 1)])).toEqual([scored(1), scored(2)]);
  expect(read(['METRIC excess=-1.5e-3 other=2 nonce=f00d index=0', line(1, 2)])).toEqual([
    scored(-0.0015),
    scored(2),
  ]);
  const both = ['METRIC other=2 nonce=f00d index=0', 'METRIC excess=7 nonce=f00d index=0'];
  expect(read(both, 1)).toEqual([scored(7)]);
});

test('with one case the index may be left out, with two it may not', () => {
  const text = 'METRIC excess=3 nonce=f00d';
  expect(read([text], 1)).toEqual([scored(3)]);
  expect(read([text])[0]?.outcome).toBe('invalid');
});

const messagesOf = (lines: readonly string[]) =>
  read(lines).map((one) => (one.outcome === 'scored' ? one.value : one.message));

test('each fault has its own sentence and touches no other case where it can be placed', () => {
  expect(messagesOf([line(0, 1)])).toEqual([
    1,
    'The evaluator ended without an answer for case 1.',
  ]);
  expect(messagesOf([line(0, 1), line(1, 2, 'beef')])).toEqual([
    1,
    expect.stringContaining("another rollout's nonce was seen"),
  ]);
  const nan = `{"nonce": "${nonce}", "index": 0, "metrics": {"excess": NaN}}`;
  expect(messagesOf([nan])[0]).toMatch(/JSON has no NaN and no Infinity\. Leave an unknown/);
  expect(messagesOf([line(0, 1), line(1, 2), line(1, 2)])).toEqual([
    1,
    'The metric "excess" of case 1 was answered twice.',
  ]);
  expect(messagesOf([line(0, 1), line(1, null)])).toEqual([
    1,
    'The metric "excess" is "null", not a finite number.',
  ]);
  expect(messagesOf([line(0, 1), 'METRIC excess=NaN nonce=f00d index=1'])[1]).toContain('NaN');
});

test('a right answer beside a wrong nonce does not count', () => {
  expect(messagesOf([line(0, 1, 'beef'), line(0, 1), line(1, 2)])[0]).toContain('nonce');
});

test.each([
  ['an unknown case', line(2, 1)],
  ['a negative case', line(-1, 1)],
  ['a fractional case', line(0.5, 1)],
  ['free text', 'excess: 1'],
  ['a bare number', '7'],
  ['null', 'null'],
  ['metrics that are null', '{"nonce":"f00d","index":0,"metrics":null}'],
  ['a METRIC line without =', 'METRIC excess nonce=f00d index=0'],
  ['a METRIC line that names one metric twice', 'METRIC excess=1 excess=1 nonce=f00d index=0'],
  [
    'a JSON line that names one metric twice',
    '{"nonce":"f00d","index":0,"metrics":{"excess":1,"excess":1}}',
  ],
  [
    'a JSON line with two nonces',
    '{"nonce":"beef","nonce":"f00d","index":0,"metrics":{"excess":1}}',
  ],
])('%s makes the whole answer invalid', (_, text) => {
  expect(read([text]).map(({ outcome }) => outcome)).toEqual(['invalid', 'invalid']);
  expect(read([line(0, 1), line(1, 2), text]).map(({ outcome }) => outcome)).toEqual([
    'invalid',
    'invalid',
  ]);
});

test('a metric named like a field of the frame is still read', () => {
  const answer = '{"nonce":"f00d","index":0,"metrics":{"index":4}}';
  expect(readAnswer(answer, { nonce, count: 1, metric: 'index' })).toEqual([scored(4)]);
  const inherited = '{"nonce":"f00d","index":0,"metrics":{"a":4}}';
  expect(readAnswer(inherited, { nonce, count: 1, metric: 'toString' })[0]?.outcome).toBe(
    'invalid',
  );
});

test('no text without the nonce ever becomes a number', () => {
  const words = fc.constantFrom(
    'METRIC ',
    'excess=1',
    ' index=0',
    '{"metrics":{"excess":1}}',
    '\n',
    '"nonce":"f00',
    '1e999',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 12 }), (parts) => {
      const answer = parts.join('').replaceAll(nonce, '');
      for (const { outcome } of read([answer])) expect(outcome).toBe('invalid');
    }),
  );
});

test('other metrics stand beside the value where they are finite, and never as 0', () => {
  const others = ['latency', 'memory'];
  const of = (...lines: readonly string[]) =>
    readAnswer(lines.join('\n'), { nonce, count: 1, metric: 'excess', others });
  const json = (metrics: string): string => `{"nonce":"f00d","index":0,"metrics":{${metrics}}}`;
  const value = { outcome: 'scored', value: 1 };
  expect(of(json('"excess":1,"latency":3,"memory":-0.5,"more":9'))).toEqual([
    { ...value, others: { latency: 3, memory: -0.5 } },
  ]);
  expect(of('METRIC excess=1 latency=3e2 memory=NaN nonce=f00d index=0')).toEqual([
    { ...value, others: { latency: 300 } },
  ]);
  for (const odd of ['null', '"3"', '1e999', 'true', '{}'])
    expect(of(json(`"excess":1,"latency":${odd}`)), odd).toEqual([{ ...value, others: {} }]);
  expect(of(json('"excess":1,"latency":3,"latency":4'))[0]?.outcome).toBe('invalid');
  expect(of('METRIC excess=1 nonce=f00d', 'METRIC latency=2 nonce=f00d')).toEqual([
    { ...value, others: { latency: 2 } },
  ]);
});
