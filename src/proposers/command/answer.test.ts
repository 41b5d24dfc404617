import { expect, test } from 'vitest';
import { PacelineError } from '../../core/errors.ts';
import { candidateOf } from '../outside/candidate.ts';
import { readAnswer } from './answer.ts';

const parent = { 'src/a.ts': 'one\n', 'b.txt': 'b\n' };
const json = (answer: unknown): string => JSON.stringify(answer);
const changed = { files: { ...parent, 'src/a.ts': 'two\n' } };
const PATCH = '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-one\n+two\n';

test.each([
  ['a file', json({ files: { 'src/a.ts': 'two\n' } }), changed],
  ['a patch', json({ patch: PATCH }), changed],
  ['a bare patch', `\n${PATCH}`, changed],
  [
    'what it thinks',
    `${json({ files: { 'src/a.ts': 'two\n' }, hypothesis: 'two\nis\u001b[1m more', expected: 0.5 })}\n`,
    { ...changed, hypothesis: 'two is\ufffd[1m more', expected: 0.5 },
  ],
])('%s is read', (_, text, expected) => {
  expect(readAnswer(text, parent)).toEqual(expected);
});

test.each([
  ['nothing', ' \n', /printed nothing/],
  ['prose', 'Sure! Try two instead.', /begins with "Sure! Try two instead\."/],
  ['a fence', `\`\`\`json\n${json({ files: {} })}`, /neither a JSON object nor a unified diff/],
  ['an array', json([changed]), /neither/],
  ['half an object', '{"files": {', /is none/],
  ['prose behind', `${json(changed)} and that is it`, /is none/],
  ['bytes that are no text', json({ files: { 'b.txt': '\ufffd' } }), /not UTF-8/],
  ['an unknown key', json({ ...changed, score: 1 }), /the key "score"; write files, patch/],
  ['both', json({ ...changed, patch: PATCH }), /not both/],
  ['neither', json({ hypothesis: 'none' }), /either files or patch/],
  ['no file', json({ files: {} }), /names no file/],
  ['files in a list', json({ files: ['two'] }), /no object of texts/],
  ['files that are null', json({ files: null }), /no object of texts/],
  ['a file that is a number', json({ files: { 'b.txt': 2 } }), /"b\.txt" of its answer is no text/],
  ['a file outside', json({ files: { '../b.txt': 'x' } }), /"\.\.\/b\.txt", which is not among/],
  ['a file that is not editable', json({ files: { 'c.ts': 'x' } }), /"c\.ts", which is not among/],
  ['a prototype', '{"files":{"__proto__":"x"}}', /"__proto__", which is not among/],
  ['a patch that is none', json({ patch: 7 }), /patch is no text/],
  ['a patch that does not fit', json({ patch: PATCH.replace('one', '1') }), /does not fit/],
  ['a hypothesis that is none', json({ ...changed, hypothesis: 1 }), /hypothesis .* no text/],
  ['an effect that is none', json({ ...changed, expected: 'much' }), /no finite number/],
  [
    'an effect without end',
    json({ ...changed, expected: 1 }).replace(':1}', ':1e999}'),
    /no finite/,
  ],
])('planted: %s is no candidate', (_, text, says) => {
  const answer = readAnswer(text, parent);
  expect('why' in answer ? answer.why : answer).toMatch(says);
});

test('a foreign line in a reason is short, on one line and without control characters', () => {
  const answer = readAnswer(`\u001b]0;owned\u0007${'\u202eyes '.repeat(10_000)}\nmore`, parent);
  const why = 'why' in answer ? answer.why : '';
  expect(why.length).toBeLessThan(500);
  expect(why).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(why).toContain('\ufffd]0;owned\ufffd');
});

const kind = { fromFiles: (files: object): string => JSON.stringify(files) };
const known = { key: 'a', size: 2 };

test('a candidate is a text that the study can read and that changes something', () => {
  const made = candidateOf(parent, { kind, read: () => known }, new Set(['b']));
  expect(made).toEqual({ text: JSON.stringify(parent), ...known });
});

test('planted: what changes nothing, cannot be read or has no text is none', () => {
  const why = { why: 'Something outside the editable blocks was changed.' };
  expect(candidateOf(parent, { kind, read: () => known }, new Set(['a']))).toMatchObject({
    why: expect.stringMatching(/changes nothing/),
  });
  expect(candidateOf(parent, { kind, read: () => why }, new Set())).toEqual(why);
  const fromFiles = (): never => {
    throw new PacelineError('FOREST_INVALID', 'It is no forest.');
  };
  const none = candidateOf(parent, { kind: { fromFiles }, read: () => known }, new Set());
  expect(none).toEqual({ why: 'It is no forest.' });
});
