/** An idea of a person, from an editor or from files: what enters the queue, what is refused, and that it is kept. */
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { incumbentOf } from '../../src/app/hand-written.ts';
import { type ProposeRequest, propose } from '../../src/app/propose/propose.ts';
import { studyFolder } from '../../src/app/study-files.ts';
import { PacelineError } from '../../src/core/errors.ts';
import { sha256 } from '../../src/core/hash.ts';
import { append, challengerOf, FILE, OTHER, plantStudy, promotionOf } from './planted-study.ts';

const root = mkdtempSync(join(tmpdir(), 'paceline-propose-'));
let id = '';
beforeAll(async () => {
  id = await plantStudy(root);
});
const DRAFTS = join(root, '.paceline/drafts');
afterEach(() => {
  for (const path of [join(studyFolder(root, id), 'steer'), DRAFTS]) {
    rmSync(path, { recursive: true, force: true });
  }
});
afterAll(() => rmSync(root, { recursive: true }));

/** What somebody does to the idea, and to the files by their order: other.ts, then priority.ts. */
type Hand = (idea: string, other: string, priority: string) => void;

const proposing = (hand: Hand, more: Partial<ProposeRequest> = {}) =>
  propose({
    root,
    id,
    idea: {},
    paths: [],
    waitMs: 0,
    edit: async ([idea = '', other = '', priority = '']) => hand(idea, other, priority),
    ...more,
  });

const inFolder = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
const letters = () =>
  inFolder(join(studyFolder(root, id), 'steer')).map((path) =>
    JSON.parse(readFileSync(path, 'utf8')),
  );

const edit = (path: string): void => writeFileSync(path, 'export const changed = 1;\n');
const replace = (path: string, from: string, to: string): void =>
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));

test('what was edited and said waits in the queue, under the name of who wrote it', async () => {
  const proposed = await proposing((idea, other) => {
    edit(other);
    replace(idea, 'hypothesis:', 'hypothesis: more\nand more');
    replace(idea, 'predicted:', 'predicted: 0.2 [0.1, 0.3]');
  });
  expect(proposed).toMatchObject({ state: 'for-resume', predicted: { expected: 0.2 } });
  const [{ by, said }] = letters();
  expect(by).toMatch(/^human:.+/);
  expect(said.value).toMatchObject({
    hypothesis: 'more\nand more',
    expected: 0.2,
    expectedInterval: [0.1, 0.3],
  });
  const { files } = JSON.parse(said.value.text);
  expect(files[OTHER]).toBe('export const changed = 1;\n');
  expect(files[FILE]).toContain('20 * Math.exp');
  expect(inFolder(DRAFTS)).toEqual([]);
});

test('what was said on the command line stands in the idea, and what an editor leaves beside is no file', async () => {
  const idea = { hypothesis: 'given', predicted: '-0.1 percent' };
  await proposing(
    (path, other) => {
      expect(readFileSync(path, 'utf8')).toMatch(/^hypothesis: given$/m);
      edit(other);
      writeFileSync(`${other}~`, 'a copy');
      writeFileSync(join(dirname(other), '.#other.ts'), 'a lock');
    },
    { idea },
  );
  expect(letters()[0].said.value).toMatchObject({ hypothesis: 'given', expected: -0.1 });
});

test.each<[string, Hand]>([
  ['nothing is changed', () => undefined],
  ['the idea alone is', (idea) => replace(idea, 'hypothesis:', 'hypothesis: more')],
  ['the idea is emptied', (idea, other) => [edit(other), writeFileSync(idea, '# nothing\n')]],
  ['the idea is taken away', (idea, other) => [edit(other), unlinkSync(idea)]],
])('where %s, nothing is proposed', async (_what, hand) => {
  expect(await proposing(hand)).toBeUndefined();
  expect([letters(), inFolder(DRAFTS)]).toEqual([[], []]);
});

const failing = (): never => {
  throw new PacelineError('USAGE', 'The editor ended with exit code 4.');
};

test.each<[string, Hand, RegExp]>([
  ['an editor that fails', (_, other) => [edit(other), failing()], /exit code 4/],
  [
    'a file beyond the surface',
    (_, other) => edit(join(dirname(other), 'new.ts')),
    /new\.ts is not/,
  ],
  ['what is not of its language', (_, other) => writeFileSync(other, 'const = ;'), /other\.ts/],
  [
    'a prediction that is none',
    (idea, other) => [edit(other), appendFileSync(idea, 'predicted: much\n')],
    /"much" is no predicted effect/,
  ],
  [
    'a stray line',
    (idea, other) => [edit(other), writeFileSync(idea, 'well\n')],
    /"well" stands behind none of/,
  ],
  ['bytes that are no text', (_, other) => writeFileSync(other, Buffer.of(255, 254)), /not UTF-8/],
])('%s is refused in a sentence, and what was edited is kept', async (_what, hand, why) => {
  const thrown = await proposing(hand).catch((error: PacelineError) => error);
  const { message } = thrown as PacelineError;
  expect(message).toMatch(why);
  const [kept = ''] = inFolder(DRAFTS);
  expect(message).toContain(`What you wrote is kept in ${kept}`);
  expect(existsSync(join(kept, 'files', FILE))).toBe(true);
  expect(letters()).toEqual([]);
});

test('what was kept is handed in as files; an editor that failed at once leaves nothing', async () => {
  await proposing((_, other) => [edit(other), failing()]).catch(() => undefined);
  const [kept = ''] = inFolder(DRAFTS);
  const again = await proposing(failing, { paths: [join(kept, 'files')] });
  expect([again?.state, letters().length]).toEqual(['for-resume', 1]);
  rmSync(kept, { recursive: true });
  await expect(proposing(failing)).rejects.toThrow(/exit code 4\.$/);
  expect(inFolder(DRAFTS)).toEqual([]);
});

test('files that are the incumbent’s are nothing to propose; a bad number is said before anybody writes', async () => {
  const same = join(root, 'other.ts');
  writeFileSync(same, 'export const other = 1;\n');
  expect(await proposing(failing, { paths: [same] })).toBeUndefined();
  const odd = { idea: { predicted: '3 ms' } };
  await expect(proposing(failing, odd)).rejects.toThrow(/not in "ms"/);
  expect(inFolder(DRAFTS)).toEqual([]);
});

test('what is promoted while somebody writes is not taken back: their change is moved, or does not fit', async () => {
  const study = await plantStudy(root, { id: 'planted-eeeeee' });
  const before = await incumbentOf({ root, id: study });
  const promote = async (trial: number, other: string): Promise<void> => {
    const text = await (await incumbentOf({ root, id: study })).candidateOf({ [OTHER]: other });
    const candidate = sha256(text);
    const { incumbent: from } = await incumbentOf({ root, id: study });
    await append(root, study, challengerOf(trial, { candidate, text }));
    await append(root, study, promotionOf(trial, { candidate, from }));
  };
  const writing = (trial: number, hand: Hand) =>
    propose({
      root,
      id: study,
      idea: {},
      paths: [],
      waitMs: 0,
      edit: async ([idea = '', other = '', priority = '']) => {
        hand(idea, other, priority);
        await promote(trial, `export const other = ${trial};\n`);
      },
    });
  const moved = await writing(241, (_, __, priority) => replace(priority, '20 *', '30 *'));
  expect(JSON.parse(moved?.text ?? '').files).toEqual({
    [OTHER]: 'export const other = 241;\n',
    [FILE]: before.files[FILE]?.replace('20 *', '30 *'),
  });
  await expect(writing(242, (_, other) => edit(other))).rejects.toThrow(/does not fit it/);
});

test('nobody is asked to write for a study that is finished', async () => {
  const closed = await plantStudy(root, { id: 'planted-ffffff', isClosed: true });
  await expect(proposing(failing, { id: closed })).rejects.toThrow(/is finished/);
});
