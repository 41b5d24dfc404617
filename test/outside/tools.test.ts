/** What the tools of `paceline mcp` tell and take, asked in this process. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { publicPhase } from '../../src/app/outside/words.ts';
import { studyFolder } from '../../src/app/study-files.ts';
import { sha256 } from '../../src/core/hash.ts';
import { MOST_BYTES } from '../../src/mcp/answer.ts';
import { TOOLS } from '../../src/mcp/tools.ts';
import {
  append,
  challengerOf,
  FILE,
  FOREIGN,
  followOnsOf,
  OTHER,
  PLANTED,
  plantStudy,
  promotionOf,
} from './planted-study.ts';

let root = '';
let id = '';
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'paceline-mcp-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  id = await plantStudy(root);
});

/** JSON, read here as clients do. */
type Answer = Record<string, never> & {
  readonly trials: readonly { readonly trial: number; readonly end: string }[];
  readonly occasions: readonly object[];
  readonly untrusted: {
    readonly text: string;
    readonly files: { readonly [FILE]: string };
    readonly diffFromOrigin: string;
  };
  readonly proposal: string;
  readonly candidate: string;
  readonly incumbent: string;
};

const ask = async (name: string, args: object = {}): Promise<Answer> => {
  const tool = TOOLS.find((one) => one.name === name);
  const read = tool?.input.parse({ ...(name === 'list_studies' ? {} : { study: id }), ...args });
  return (await tool?.call({ root, client: 'test' }, read as never)) as Answer;
};

const letters = () => {
  const folder = join(studyFolder(root, id), 'steer');
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
};

const IDEA = { hypothesis: 'thirty is more', predicted: 0.2, interval: [0.1, 0.4] };

test('eight tools, of which one hands in a proposal and none decides', () => {
  expect(TOOLS.map(({ name }) => name)).toEqual([
    'list_studies',
    'read_study',
    'read_incumbent',
    'read_evidence',
    'read_lessons',
    'submit_proposal',
    'proposal_status',
    'follow_ons',
  ]);
  expect(TOOLS.filter(({ isReading }) => !isReading).map(({ name }) => name)).toEqual([
    'submit_proposal',
  ]);
});

test('a study says what is left of its budget and what it waits for', async () => {
  expect((await ask('list_studies')).studies).toMatchObject([{ study: id, state: 'interrupted' }]);
  expect(await ask('read_study')).toMatchObject({
    state: 'interrupted',
    waitsFor: expect.stringMatching(/somebody who runs it/),
    takesProposals: true,
    editable: [FILE, OTHER],
    budget: { trials: { limit: 1000, spent: 240, left: 760 } },
  });
});

test('promotions come with gain, interval and pairs; what a gate refused is only not promoted', async () => {
  const evidence = await ask('read_evidence', { last: 200 });
  expect(evidence.promotions).toMatchObject([
    { trial: 20, claim: { unit: 'percent', pairs: 12, interval: expect.any(Array) } },
  ]);
  const ends = new Map<number, string>(
    evidence.trials.map(({ trial, end }: { trial: number; end: string }) => [trial, end]),
  );
  const NOT = 'challenged the incumbent and was not promoted';
  // 110 was not confirmed, 231 was, and the sealed set stood against it: nobody can tell them apart.
  expect([ends.get(110), ends.get(231)]).toEqual([NOT, NOT]);
  const [of110, of231] = [110, 231].map((wanted) => {
    const one = evidence.trials.find(({ trial }: { trial: number }) => trial === wanted);
    return Object.keys(one ?? {}).sort();
  });
  expect(of231).toEqual(of110);
  const { trials } = await ask('read_evidence', { last: 2 });
  expect(trials.map(({ trial }: { trial: number }) => trial)).toEqual([237, 238]);
});

test('what candidates wrote stands under untrusted, and nowhere else', async () => {
  const found = await ask('read_incumbent');
  const { untrusted, ...rest } = found;
  expect(untrusted.files[FILE]).toContain(FOREIGN);
  expect(untrusted.diffFromOrigin).toContain('+  return -rest + 20 * Math.exp(-rest);');
  expect(JSON.stringify(rest)).not.toContain(FOREIGN);
  const part = await ask('read_incumbent', { file: FILE, offset: 7 });
  expect(part).toMatchObject({ file: FILE, offset: 7, untrusted: { text: expect.any(String) } });
  expect(part.untrusted.text).toBe(untrusted.files[FILE].slice(7));
  await expect(ask('read_incumbent', { file: '__proto__' })).rejects.toThrow(/has no file/);
});

test('lessons are what people said and the study counted: of an improver it says that there is none', async () => {
  await append(root, id, {
    type: 'study.steered',
    actor: 'person',
    body: { id: 'a-note', by: 'ada', said: { kind: 'note', value: 'mind the tails' } },
  });
  const lessons = await ask('read_lessons');
  expect(lessons.improver).toMatch(/no improver/);
  expect(lessons.notes).toEqual([{ untrusted: { by: 'ada', note: 'mind the tails' } }]);
});

test('files or a patch become a letter in the queue, with the prediction and the name of the client', async () => {
  const { untrusted, incumbent } = await ask('read_incumbent');
  const text = untrusted.files[FILE].replace('20 *', '30 *');
  const one = await ask('submit_proposal', { ...IDEA, files: { [FILE]: text }, incumbent });
  expect(one).toMatchObject({ study: id, state: 'for-resume', proposal: expect.any(String) });
  const patch = `--- a/${OTHER}\n+++ b/${OTHER}\n@@ -1 +1 @@\n-export const other = 1;\n+export const other = 2;\n`;
  await ask('submit_proposal', { ...IDEA, patch });
  const [whole, patched] = letters();
  expect(whole).toMatchObject({
    by: 'mcp:test',
    said: {
      kind: 'candidate',
      value: { hypothesis: 'thirty is more', expected: 0.2, expectedInterval: [0.1, 0.4] },
    },
  });
  expect(JSON.parse(whole.said.value.text).files[FILE]).toBe(text);
  expect(JSON.parse(patched.said.value.text).files).toEqual({
    [FILE]: untrusted.files[FILE],
    [OTHER]: 'export const other = 2;\n',
  });
  expect(sha256(whole.said.value.text)).toBe(one.candidate);
  expect(await ask('proposal_status', { proposal: one.proposal })).toMatchObject({
    state: 'waiting',
  });
});

test.each<[object, RegExp]>([
  [{}, /either files or patch/],
  [{ files: { [FILE]: 'x' }, patch: 'x' }, /either files or patch/],
  [{ files: { 'evaluator/evaluate.ts': 'x' } }, /is not one of the files/],
  [{ files: { '../../escape.ts': 'x' } }, /is not one of the files/],
  [{ patch: 'I would rather not.' }, /no part of a unified diff/],
  [{ files: { [FILE]: 'export const = ;' } }, /priority\.ts/],
  [{ files: { [FILE]: 'x' }, incumbent: 'sha256:other' }, /Read it again/],
  [{ files: { [FILE]: 'export const x = 1;' }, interval: [0.3, 0.4] }, /outside its own interval/],
])('refused with a sentence, and nothing is left: %j', async (more, why) => {
  await expect(ask('submit_proposal', { ...IDEA, ...more })).rejects.toThrow(why);
  expect(readdirSync(studyFolder(root, id))).not.toContain('steer');
});

test('sixteen wait at most, and a finished study takes none', async () => {
  for (let i = 0; i < 16; i += 1) {
    await ask('submit_proposal', {
      ...IDEA,
      files: { [OTHER]: `export const other = ${i + 2};\n` },
    });
  }
  const more = { ...IDEA, files: { [OTHER]: 'export const other = 99;\n' } };
  await expect(ask('submit_proposal', more)).rejects.toThrow(/16 letters wait/);
  const closed = await plantStudy(root, { id: 'planted-ffffff', isClosed: true });
  await expect(ask('submit_proposal', { ...more, study: closed })).rejects.toThrow(/is finished/);
  expect(await ask('read_study', { study: closed })).toMatchObject({
    state: 'finished',
    takesProposals: false,
  });
});

test('a proposal’s end is told as its screen or its promotion had it, beside what was predicted', async () => {
  const { proposal, candidate } = await ask('submit_proposal', {
    ...IDEA,
    files: { [OTHER]: 'export const other = 5;\n' },
  });
  const [{ by, said }] = letters();
  const takes = { trial: 241, key: candidate, size: 1 };
  await append(root, id, {
    type: 'study.steered',
    actor: 'mcp',
    body: { id: proposal, by, said, takes },
  });
  const asked = () => ask('proposal_status', { proposal });
  expect(await asked()).toMatchObject({
    became: 'waits for its turn',
    predicted: { gain: 0.2, interval: [0.1, 0.4], unit: 'percent' },
  });
  await append(
    root,
    id,
    challengerOf(241, { candidate, text: said.value.text, writtenIn: proposal }),
  );
  expect(await asked()).toMatchObject({ became: expect.stringMatching(/under way/) });
  const from = (await ask('read_incumbent')).incumbent;
  await append(root, id, promotionOf(241, { candidate, from }));
  expect(await asked()).toMatchObject({
    became: 'promoted',
    measured: { gain: 0.25, interval: [0.2, 0.3], pairs: 12 },
    screen: { level: 4, cases: 1 },
  });
  expect((await ask('read_incumbent')).incumbent).toBe(candidate);
  expect(await ask('follow_ons')).toMatchObject({ occasions: [], none: expect.any(String) });
  await append(root, id, followOnsOf(241, candidate), followOnsOf(110, candidate, 'unconfirmed'));
  const { occasions } = await ask('follow_ons');
  // What is proposed because a confirm failed would tell that it did.
  expect(occasions).toMatchObject([
    { why: 'promotion', about: 241, next: [{ kind: 'refute', became: 'waits for its turn' }] },
  ]);
});

test('that a gain is being measured is not told: it would say what a confirm found', () => {
  expect(publicPhase('measuring the gain of trial 7')).toBe(publicPhase('confirming trial 7'));
  expect(publicPhase('searching')).toBe('searching');
});

test('answers of any size stay below the cap', async () => {
  const { answerText } = await import('../../src/mcp/answer.ts');
  const evidence = await ask('read_evidence', { last: 200 });
  const text = answerText(evidence);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES);
  expect(JSON.parse(text).study).toBe(id);
  for (const planted of Object.values(PLANTED)) expect(text).not.toContain(planted);
});
