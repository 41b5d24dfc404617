/** The jail levels this machine could have, best first, and what was found when each was tried. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bubblewrapMissing, namespaceCause } from '../../sandboxes/bubblewrap/cause.ts';
import { bubblewrapSandbox } from '../../sandboxes/bubblewrap.ts';
import type { JailLevel, Run, Sandbox } from '../../sandboxes/contract.ts';
import { workingPlace } from '../../sandboxes/jail/cgroup.ts';
import { namespacesSandbox } from '../../sandboxes/namespaces.ts';
import { restrictedNodeSandbox } from '../../sandboxes/restricted-node.ts';
import { type ProbeResult, selfTest } from '../../sandboxes/self-test/self-test.ts';
import { temporaryFolder } from '../../sandboxes/self-test/temporary.ts';

/** One level on this machine: tried, or why it cannot be. */
export interface LevelReport {
  readonly level: JailLevel;
  readonly driver: string;
  readonly cause?: string;
  readonly results?: readonly ProbeResult[];
}

export interface Candidate {
  readonly level: JailLevel;
  readonly driver: string;
  /** Why it cannot be had, without starting anything; undefined: it can be tried. */
  readonly missing: string | undefined;
  readonly open: (scope: string) => Sandbox;
}

export function candidates(): readonly Candidate[] {
  const missing = bubblewrapMissing();
  const groups = workingPlace();
  const place = typeof groups === 'string' ? undefined : groups;
  return [
    {
      level: 'J4',
      driver: 'bubblewrap with a control group',
      missing: missing ?? (typeof groups === 'string' ? groups : undefined),
      open: (scope) => bubblewrapSandbox({ scope, groups: place }),
    },
    { level: 'J3', driver: 'bubblewrap', missing, open: (scope) => bubblewrapSandbox({ scope }) },
    {
      level: 'J2',
      driver: 'unshare and perl',
      missing: undefined,
      open: (scope) => namespacesSandbox({ scope }),
    },
    {
      level: 'J1',
      driver: 'Node’s permission model',
      missing: undefined,
      open: (scope) => restrictedNodeSandbox({ scope }),
    },
  ];
}

/** Whether it starts at all, then every probe. */
export async function tryLevel({ level, driver, missing, open }: Candidate): Promise<LevelReport> {
  if (missing !== undefined) return { level, driver, cause: missing };
  const scope = mkdtempSync(join(temporaryFolder(), 'paceline-jail-'));
  const sandbox = open(scope);
  try {
    const cause = await cannotStart(sandbox);
    if (cause !== undefined) return { level, driver, cause };
    return { level, driver, results: await selfTest(sandbox) };
  } finally {
    await sandbox.close();
    rmSync(scope, { recursive: true, force: true });
  }
}

const ALIVE: Run = {
  argv: [process.execPath, '-e', 'process.stdout.write("alive")'],
  cwd: '/',
  environment: {},
  reads: [],
  writes: [],
  hides: [],
  answersOn: 1,
  limits: { wallMs: 10_000, outputBytes: 1000, processes: 1 },
};

/** Why nothing starts in it here; undefined: it does. */
export async function cannotStart(sandbox: Sandbox): Promise<string | undefined> {
  const end = await sandbox.run(ALIVE, new AbortController().signal);
  return end.answer === 'alive' ? undefined : namespaceCause(end.evidence || end.says);
}

/** What got through although the level says that it holds it. */
export function leaks({ results = [] }: LevelReport): readonly string[] {
  return results.flatMap(({ probe, outcome }) => (outcome === 'got through' ? [probe] : []));
}

/** What could not even be started: whether it would get through nobody knows. */
export function untried({ results = [] }: LevelReport): readonly string[] {
  return results.flatMap(({ probe, outcome, detail }) =>
    outcome === 'not tried' ? [`${probe} (${detail.trim()})`] : [],
  );
}

/** Whether what was found is what is there, and no busy machine's: nothing through, nothing left untried. */
export function isSure(report: LevelReport): boolean {
  return leaks(report).length === 0 && untried(report).length === 0;
}

export function holds(report: LevelReport): boolean {
  return report.results !== undefined && isSure(report);
}
