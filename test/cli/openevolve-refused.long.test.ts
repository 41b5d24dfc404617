/** What is refused of a folder of OpenEvolve, and of a folder that is none, before anything is spent. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder, ending, startCliWith } from './fixtures/cli.ts';
import { openEvolveFolder } from './fixtures/openevolve.ts';

const MODEL = 'llm: { primary_model: some, api_base: "https://example.org/v1" }\n';

async function refused(folder: string, ...flags: readonly string[]): Promise<string> {
  const ran = await ending(startCliWith({ OPENAI_API_KEY: '' }, folder, 'run', ...flags));
  expect(ran.code).toBe(2);
  expect(existsSync(join(folder, '.paceline/studies'))).toBe(false);
  return ran.stderr;
}

test('a key that cannot be honoured, an unknown one, and no key for the model', async () => {
  const odd = openEvolveFolder('noisy', `${MODEL}max_iteration: 3\nearly_stopping_patience: 5\n`);
  const said = await refused(odd);
  expect(said).toMatch(/max_iteration: unknown key of OpenEvolve; did you mean max_iterations\?/);
  expect(said).toMatch(/early_stopping_patience: cannot be honoured: no study ends because/);
  const without = ['--without', 'max_iteration', 'early_stopping_patience'];
  expect(await refused(odd, ...without)).toMatch(
    /asks openai-compatible\/some at https:\/\/example\.org\/v1, and the environment variable OPENAI_API_KEY is not set\./,
  );
  expect(await refused(odd, '--without', 'llm.nothing')).toMatch(/--without names llm\.nothing/);
});

test('a folder that is nothing, and flags where they have no meaning', async () => {
  const folder = emptyFolder();
  expect(await refused(folder, '.')).toMatch(/neither paceline\.yaml, nor what OpenEvolve has/);
  const noisy = openEvolveFolder('noisy', MODEL);
  expect(await refused(noisy, '--proposers', 'genetic', '.')).toMatch(
    /--proposers takes genetic and cma-es, not "\."\. A folder is named first/,
  );
  writeFileSync(join(folder, 'paceline.yaml'), 'name: x\n');
  expect(await refused(noisy, '--config', 'nope.yaml', '.')).toMatch(
    /There is no file .*nope\.yaml/,
  );
  expect(await refused(folder, '.', '--source', 'a.py')).toMatch(/leave out the folder/);
  const example = join(import.meta.dirname, '../../examples/bin-packing');
  const ran = await cli(folder, 'run', example, '--python', 'python3', '--dry-run');
  expect(ran.stderr).toMatch(/--python is for a folder of OpenEvolve/);
  expect((await cli(folder, 'run', example, '--dry-run')).stdout).toMatch(/^bin-packing: excess/);
});
