/** A sandbox that says J4 and holds nothing: every probe must find it out. */
import { type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Limits, Run, RunEnd, Sandbox } from '../sandboxes/contract.ts';

/** How long it waits before it says that it ended something. */
const PATIENCE_MS = 1500;

export function openSandbox(): Sandbox {
  const limits: readonly (keyof Limits)[] = [
    ...(['wallMs', 'outputBytes', 'cpuMs', 'memoryBytes'] as const),
    ...(['fileBytes', 'diskBytes', 'processes'] as const),
  ];
  const kept = limits.map((limit) => [limit, { how: 'not at all' }] as const);
  return {
    traits: {
      level: 'J4',
      isolation: 'J4: none',
      enforces: Object.fromEntries(kept) as Sandbox['traits']['enforces'],
      oneCore: { unenforced: 'not at all' },
      ownNetwork: { how: 'not at all' },
    },
    check: () => undefined,
    run: openly,
    converse() {
      throw new Error('the probes talk with nobody');
    },
    attach() {
      throw new Error('the probes are attached to nobody');
    },
    close: async () => undefined,
  };
}

async function openly({ argv, cwd }: Run): Promise<RunEnd> {
  const [file = '', ...words] = argv;
  const stdio: StdioOptions = ['ignore', 'ignore', 'ignore', 'pipe'];
  const child = spawn(file, words, { cwd, stdio, detached: true });
  const said: Buffer[] = [];
  child.stdio[3]?.on('data', (chunk: Buffer) => said.push(chunk));
  const exit = once(child, 'exit').then(([exitCode]) => exitCode as number | null);
  const exitCode = await Promise.race([exit, sleep(PATIENCE_MS, undefined)]);
  const nothing = { signal: null, evidence: '', cpuMs: 0, answer: Buffer.concat(said).toString() };
  return exitCode === undefined
    ? { ended: 'timeout', says: 'Ended, it says.', exitCode: null, ...nothing }
    : { ended: 'exit', says: 'Ended.', exitCode, ...nothing };
}
