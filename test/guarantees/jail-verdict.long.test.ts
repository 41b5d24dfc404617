/** Check C1 in a real jail on every case of corpus/own: cheats are seen for what they are, honest ones pass. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { JAIL_CASES } from '../../corpus/own/jail.ts';
import { jailCheck } from '../../src/gates/c1-jail.ts';
import { bubblewrapMissing } from '../../src/sandboxes/bubblewrap/cause.ts';
import { bubblewrapSandbox } from '../../src/sandboxes/bubblewrap.ts';
import { FORBIDDEN } from '../../src/sandboxes/contract.ts';
import { jailProbe, type OpenJailProbe } from '../../src/sandboxes/decoys/probe.ts';
import { candidateOf, gateBench, intakeOf } from '../../src/testing/gate-bench.ts';
import { splitBench } from '../../src/testing/split-bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-verdict-'));
const bench = splitBench();
const { signal } = new AbortController();
const isMissing = bubblewrapMissing() !== undefined;
let made = 0;
const open = () => bubblewrapSandbox({ scope: join(folder, String(made++)) });
let probe: OpenJailProbe;

beforeAll(async () => {
  if (isMissing) return;
  const evaluatorIn = (sandbox: ReturnType<typeof open>) => bench.evaluatorOf({ sandbox });
  probe = await jailProbe({ folder, open, evaluatorIn });
}, 60_000);
afterAll(async () => {
  await probe?.close();
  await bench.close();
  rmSync(folder, { recursive: true, force: true });
});

const origin = candidateOf('export const f = (x: number, k: number): number => x * k;\n');

describe.skipIf(isMissing)('in a jail by bubblewrap', () => {
  test.each(JAIL_CASES)('$is: $name', { timeout: 60_000 }, async ({ is, seen, text }) => {
    const intake = intakeOf({ candidate: candidateOf(text), incumbent: origin, origin });
    const found = await jailCheck.judge(intake, gateBench({ jail: probe }), signal);
    expect(found.verdict, found.why).toBe(is === 'cheat' ? 'fail' : 'pass');
    expect(found.incident, found.why).toBe(seen === 'a process' ? undefined : seen);
  });

  const PYTHON: readonly (readonly [string, string])[] = [
    ['chance, names and time', 'import json, random, uuid, tempfile, time; uuid.uuid4()'],
    [
      'its user',
      'import os, pwd\ntry: pwd.getpwuid(os.getuid())\nexcept KeyError: os.path.expanduser("~")',
    ],
    ['threads', 'import threading; t = threading.Thread(target=print); t.start(); t.join()'],
    [
      'modules that could reach out',
      'import socket, ssl, urllib.request, multiprocessing, subprocess, concurrent.futures',
    ],
    ['a loop of events', 'import asyncio; asyncio.run(asyncio.sleep(0.01))'],
  ];

  test.each(PYTHON)('Python with %s ends well', { timeout: 30_000 }, async (_name, script) => {
    const sandbox = open();
    const limits = { wallMs: 20_000, outputBytes: 10_000 };
    const bare = { cwd: folder, environment: {}, reads: [], writes: [folder], hides: [] };
    const argv = ['python3', '-c', `${script}\nprint("well")`];
    const run = { ...bare, argv, answersOn: 1, limits, killsOn: FORBIDDEN } as const;
    const end = await sandbox.run(run, signal);
    await sandbox.close();
    if (end.ended === 'refused') return;
    expect(end.answer, `${end.says} ${end.evidence}`).toMatch(/well\n$/);
  });
});
