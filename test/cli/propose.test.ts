/** `paceline propose` as people start it: with the editor they have, or without a terminal. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { plantStudy } from '../outside/planted-study.ts';
import { thorough } from '../thorough.ts';
import { emptyFolder, ending, startCliWith } from './fixtures/cli.ts';

const folder = emptyFolder();
let id = '';
beforeAll(async () => {
  id = await plantStudy(folder);
});

let edits = 0;

/** A program, in a folder with a space in its name, that gets the idea, other.ts and priority.ts. */
function editor(script: string): string {
  const path = join(folder, `my editor ${edits++}`);
  writeFileSync(path, `#!/bin/sh\nother=$2\n${script}\n`);
  chmodSync(path, 0o755);
  return `"${path}"`;
}

const propose = (variables: Readonly<Record<string, string>>, ...args: readonly string[]) =>
  ending(startCliWith({ VISUAL: '', EDITOR: '', ...variables }, folder, 'propose', id, ...args));

thorough(
  'VISUAL goes before EDITOR, --editor before both, and where there is none a sentence says so',
  async () => {
    const right = editor('echo "export const other = $$;" > "$other"');
    const idea = ['--hypothesis', 'more', '--predict', '0.2 [0.1, 0.3]'];
    const { code, stdout, stderr } = await propose({ VISUAL: right, EDITOR: 'false' }, ...idea);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/predicted: \+0\.2 points \[0\.1, 0\.3\], positive is better/);
    expect(stdout).toMatch(/which nobody runs now: it is taken up with paceline resume/);
    const named = await propose({ VISUAL: 'false' }, '--editor', right, '--json');
    expect(named.json()).toMatchObject({ schema: 'paceline.propose/1', state: 'for-resume' });
    expect((await propose({})).stderr).toMatch(/Neither VISUAL nor EDITOR is set/);
    expect((await propose({ EDITOR: 'nowhere-ed -w' })).stderr).toMatch(
      /nowhere-ed is not on PATH/,
    );
  },
);

test('an editor that changes nothing, and no shell in between', async () => {
  const nothing = await propose({ EDITOR: editor('true') });
  expect([nothing.code, nothing.stdout]).toEqual([
    3,
    'Nothing was changed, so nothing is proposed.\n',
  ]);
  const witness = join(folder, 'a shell was here');
  await propose({ EDITOR: `true; touch "${witness}"` });
  expect(() => readFileSync(witness)).toThrow();
});

thorough('of an editor that fails nothing is proposed, and what it wrote is kept', async () => {
  const failed = await propose({ EDITOR: editor('echo x >> "$other"; exit 4') });
  expect([failed.code, failed.stdout]).toEqual([2, '']);
  expect(failed.stderr).toMatch(/ended with exit code 4, so nothing is proposed.*is kept in/);
});

test('without a terminal, from a file', async () => {
  const path = join(folder, 'other.ts');
  writeFileSync(path, 'export const other = 7;\n');
  const { code, stdout } = await propose({}, '--file', path, '--hypothesis', 'seven', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ study: id, predicted: { hypothesis: 'seven' } });
});
