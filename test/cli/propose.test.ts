/** `paceline propose`: an editor or files, what a person expects, and nothing of theirs lost. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { studyFolder } from '../../src/app/study-files.ts';
import { FILE, OTHER, plantStudy } from '../mcp/planted-study.ts';
import { emptyFolder, ending, startCliWith } from './fixtures/cli.ts';

const folder = emptyFolder();
let id = '';
let closed = '';
/** Begun, and nobody runs it. */
beforeAll(async () => {
  closed = await plantStudy(folder, { id: 'planted-ffffff', isClosed: true });
  id = await plantStudy(folder);
});
afterEach(() => {
  rmSync(join(studyFolder(folder, id), 'steer'), { recursive: true, force: true });
  rmSync(join(folder, '.paceline/drafts'), { recursive: true, force: true });
});

/** A program that gets the paths of the idea and of the files: other.ts first, then priority.ts. */
function editor(script: string): string {
  const path = join(folder, 'my editor');
  writeFileSync(path, `#!/bin/sh\nidea=$1; other=$2; priority=$3\n${script}\n`);
  chmodSync(path, 0o755);
  return `"${path}"`;
}

const propose = (variables: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  ending(startCliWith({ VISUAL: '', EDITOR: '', ...variables }, folder, 'propose', id, ...args));

const drafts = (): readonly string[] => {
  const path = join(folder, '.paceline/drafts');
  return existsSync(path) ? readdirSync(path).map((name) => join(path, name)) : [];
};

const letters = () => {
  const path = join(studyFolder(folder, id), 'steer');
  if (!existsSync(path)) return [];
  return readdirSync(path).map((name) => JSON.parse(readFileSync(join(path, name), 'utf8')));
};

const EDIT = 'sed -i "s/20 \\*/30 */" "$priority"';
const SAY =
  'sed -i "s/^hypothesis:.*/hypothesis: more\\nand more/; s/^predicted:.*/predicted: 0.2 [0.1, 0.3]/" "$idea"';

test('what was edited and said waits in the queue, under the name of who wrote it', async () => {
  const { code, stdout, stderr } = await propose({ EDITOR: editor(`${EDIT}; ${SAY}`) });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/predicted: \+0\.2 points \[0\.1, 0\.3\], positive is better/);
  expect(stdout).toMatch(/which nobody runs now: it is taken up with paceline resume/);
  expect(letters()).toMatchObject([
    {
      by: expect.stringMatching(/^human:.+/),
      said: {
        value: { hypothesis: 'more\nand more', expected: 0.2, expectedInterval: [0.1, 0.3] },
      },
    },
  ]);
  const { files } = JSON.parse(letters()[0].said.value.text);
  expect(files[FILE]).toContain('30 * Math.exp');
  expect(files[OTHER]).toBe('export const other = 1;\n');
  expect(drafts()).toEqual([]);
});

test('VISUAL goes before EDITOR, --editor before both, and none is named in a sentence', async () => {
  const right = editor(EDIT);
  expect((await propose({ VISUAL: right, EDITOR: 'false' })).code).toBe(0);
  const named = await propose({ VISUAL: 'false' }, '--editor', right, '--json');
  expect(named.json()).toMatchObject({ schema: 'paceline.propose/1', state: 'for-resume' });
  expect((await propose({})).stderr).toMatch(/Neither VISUAL nor EDITOR is set/);
  expect((await propose({ EDITOR: 'nowhere-ed -w' })).stderr).toMatch(/nowhere-ed is not on PATH/);
});

test.each([
  ['nothing is changed', 'true'],
  ['the idea alone is', SAY],
  ['the idea is emptied', `${EDIT}; : > "$idea"`],
  ['it is taken away', `${EDIT}; rm "$idea"`],
])('where %s, nothing is proposed', async (_what, script) => {
  const { code, stdout } = await propose({ EDITOR: editor(script) });
  expect([code, stdout]).toEqual([3, 'Nothing was changed, so nothing is proposed.\n']);
  expect([letters(), drafts()]).toEqual([[], []]);
});

test.each([
  ['an editor that fails', `${EDIT}; exit 4`, /ended with exit code 4, so nothing is proposed/],
  [
    'a file beyond the surface',
    `${EDIT}; echo > "$(dirname "$other")/new.ts"`,
    /src\/new\.ts is not one of/,
  ],
  ['what is not of its language', 'echo "const = ;" > "$other"', /src\/other\.ts/],
  [
    'a prediction that is none',
    `${EDIT}; echo "predicted: much" >> "$idea"`,
    /"much" is no predicted effect/,
  ],
  ['a stray line', `${EDIT}; printf 'well\\n' > "$idea"`, /"well" stands behind none of/],
  ['bytes that are no text', `${EDIT}; printf '\\377\\376' > "$other"`, /not UTF-8/],
])('%s is refused in a sentence, and what was edited is kept', async (_what, script, why) => {
  const { code, stderr } = await propose({ EDITOR: editor(script) });
  expect(code).toBe(2);
  expect(stderr).toMatch(why);
  const [kept = ''] = drafts();
  expect(stderr).toContain(`What you wrote is kept in ${kept}`);
  expect(existsSync(join(kept, 'files', FILE))).toBe(true);
  expect(letters()).toEqual([]);
});

test('what was kept is mended and handed in with --file; an editor that changed nothing keeps nothing', async () => {
  await propose({ EDITOR: editor(`${EDIT}; exit 1`) });
  const [kept = ''] = drafts();
  const again = await propose({}, '--file', join(kept, 'files'), '--predict', '0.2');
  expect([again.code, letters().length]).toEqual([0, 1]);
  rmSync(kept, { recursive: true });
  expect((await propose({ EDITOR: editor('exit 1') })).stderr).not.toMatch(/is kept/);
  expect(drafts()).toEqual([]);
});

test('without a terminal and without an editor: files, or what only looks like a change', async () => {
  const written = (path: string, text: string): string => {
    mkdirSync(dirname(join(folder, 'mine', path)), { recursive: true });
    writeFileSync(join(folder, 'mine', path), text);
    return `mine/${path}`;
  };
  const one = written(OTHER, 'export const other = 7;\n');
  const two = written(FILE, 'export const priority = () => 1;\n');
  const flags = ['--hypothesis', 'seven', '--mechanism', 'luck', '--predict', '-0.1 percent'];
  const both = await propose({}, '--file', one, two, ...flags);
  expect([both.code, both.stderr]).toEqual([0, '']);
  expect(letters()[0].said.value).toMatchObject({
    hypothesis: 'seven',
    mechanism: 'luck',
    expected: -0.1,
  });
  const same = await propose({}, '--file', written(OTHER, 'export const other = 1;\n'));
  expect(same.code).toBe(3);
  expect((await propose({}, '--file', one, '--predict', '3 ms')).stderr).toMatch(/not in "ms"/);
});

test('nobody is asked to write for a study that is finished', async () => {
  const child = startCliWith({ EDITOR: editor('exit 9') }, folder, 'propose', closed);
  const { code, stderr } = await ending(child);
  expect([code, drafts()]).toEqual([2, []]);
  expect(stderr).toMatch(/is finished, so nothing can be said to it/);
});
