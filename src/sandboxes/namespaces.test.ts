import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plantedPrograms } from '../../test/guarantees/fixtures/planted-programs.ts';
import type { RunEnd } from './contract.ts';
import { namespacesSandbox } from './namespaces.ts';

const { plant } = plantedPrograms();
let scopes = 0;

async function run(argv: readonly string[]): Promise<RunEnd> {
  const sandbox = namespacesSandbox({ scope: join(import.meta.filename, String(scopes++)) });
  const seen = {
    cwd: '/',
    environment: {},
    reads: [],
    writes: [],
    hides: [],
    answersOn: 1,
  } as const;
  const limits = { wallMs: 10_000, outputBytes: 1000 };
  const { signal } = new AbortController();
  const end = await sandbox.run({ argv, ...seen, limits }, signal);
  await sandbox.close();
  return end;
}

test('planted: a jail that could not be made is no failure of what should run in it', async () => {
  expect(await run(['sh', '-c', 'echo ran; exit 125'])).toMatchObject({
    ended: 'exit',
    exitCode: 125,
  });
  plant('unshare', 'echo "unshare: No space left on device" >&2; exit 1');
  const refused = {
    ended: 'refused',
    code: 'EJAIL',
    evidence: 'unshare: No space left on device\n',
  };
  expect(await run(['sh', '-c', 'echo ran'])).toMatchObject(refused);
});
