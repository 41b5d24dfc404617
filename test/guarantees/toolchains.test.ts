/** Programs that evaluators are made of, in the jail that this machine has: read-only, with what is installed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseJail } from '../../src/app/jail/choose.ts';
import type { RunEnd, Sandbox } from '../../src/sandboxes/contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-tools-'));
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = (await chooseJail()).open(folder);
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const MIB = 2 ** 20;

function run(argv: readonly string[]): Promise<RunEnd> {
  const limits = { wallMs: 20_000, outputBytes: MIB, processes: 16, diskBytes: 64 * MIB };
  const sees = { reads: [], writes: [folder], hides: [] };
  const asked = { argv, cwd: folder, environment: {}, ...sees, answersOn: 1, limits } as const;
  return sandbox.run(asked, new AbortController().signal);
}

const C = '#include <stdio.h>\\nint main(void) { return puts("compiled") < 0; }\\n';
const WRITABLE = 'for f in /usr /usr/bin /usr/lib /etc; do test -w $f && echo $f; done; echo none';

/** Program, what it is asked, what it says. */
const TOOLS: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['node', ['-e', 'console.log(require("node:zlib").gzipSync("x").length)'], /^21\n$/],
  ['python3', ['-c', 'import json, sqlite3, hashlib; print(json.dumps([1]))'], /^\[1\]\n$/],
  [
    'python3',
    ['-c', 'import sys; print(len([p for p in sys.path if "site-packages" in p]))'],
    /^[1-9]/,
  ],
  ['sh', ['-c', `printf '${C}' > a.c && cc a.c -o a && ./a`], /^compiled\n$/],
  ['sh', ['-c', 'printf "int f() { return 1; }" > b.cc && c++ -c b.cc && ls b.o'], /^b\.o\n$/],
  ['git', ['--version'], /^git version/],
  ['sh', ['-c', WRITABLE], /^none\n$/],
];

const NEEDS: Readonly<Record<string, string>> = { 'cc a.c': 'cc', 'c++ -c': 'c++' };
const missing = (program: string): boolean =>
  spawnSync(program, ['--version']).error !== undefined && program !== 'sh';
const lacking = ([program, words]: (typeof TOOLS)[number]): string | undefined => {
  const inside = Object.entries(NEEDS).find(([text]) => words.join(' ').includes(text))?.[1];
  return [program, ...(inside ? [inside] : [])].find(missing);
};

for (const tool of TOOLS) {
  const [program, words, says] = tool;
  const reason = lacking(tool);
  const name = `${program} ${words.join(' ').slice(0, 60)}`;
  if (reason !== undefined) test.skip(`${name} (no ${reason} here)`, () => undefined);
  else {
    test(name, { timeout: 30_000 }, async (context) => {
      if (sandbox.traits.level === 'J1' && program !== 'node')
        return context.skip('J1 runs only Node');
      const end = await run([program, ...words]);
      expect(end.evidence).not.toMatch(/error/i);
      expect(end.answer).toMatch(says);
    });
  }
}

test('a program that is not there is said to be missing, by name', async () => {
  if (sandbox.traits.level === 'J1') return;
  const end = await run(['no-such-tool']);
  expect(end).toMatchObject({ ended: 'refused', code: 'ENOENT' });
});
