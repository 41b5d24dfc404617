/** Tries on this machine, now, whether a sandbox holds what it says: safety.md 1, "the self-test". */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import type { Run, Sandbox } from '../contract.ts';
import { kill } from '../runner/strays.mjs';
import { type Host, openHost, runningWith } from './host.ts';
import {
  DISK_LIMIT,
  MEMORY_LIMIT,
  MOST,
  MOST_DISK,
  PROBES,
  type Probe,
  type Said,
} from './probes.ts';

export interface ProbeResult {
  readonly probe: string;
  /**
   * `open`: it got through where the level does not claim to hold it. `not tried`: it could not be started,
   * so nobody knows; `not meant`: the level runs nothing of the kind.
   */
  readonly outcome: 'contained' | 'got through' | 'open' | 'not tried' | 'not meant';
  /** What was seen, for people. */
  readonly detail: string;
}

export const HOSTILE = readFileSync(
  fileURLToPath(new URL('./hostile.mjs', import.meta.url)),
  'utf8',
);

/** Probes of memory and time get in each other's way when there are many. */
const AT_ONCE = 2;
const WALL_MS = 10_000;
const ANSWER_BYTES = 2 ** 20;
const DETAIL_LENGTH = 160;

/** Every probe, in their order. */
export async function selfTest(sandbox: Sandbox): Promise<readonly ProbeResult[]> {
  const host = await openHost(randomBytes(16).toString('hex'));
  const one = pLimit(AT_ONCE);
  try {
    return await Promise.all(PROBES.map((probe) => one(() => tried(probe, sandbox, host))));
  } finally {
    await host.close();
  }
}

async function tried(probe: Probe, sandbox: Sandbox, host: Host): Promise<ProbeResult> {
  const { name, notAt = [], openAt = [] } = probe;
  const { level } = sandbox.traits;
  const result = (outcome: ProbeResult['outcome'], detail: string): ProbeResult => ({
    probe: name,
    outcome,
    detail,
  });
  if (notAt.includes(level)) return result('not meant', 'it runs nothing but Node');
  const tag = `t${randomBytes(8).toString('hex')}`;
  const once = () => sandbox.run(runOf(probe, { level, host, tag }), new AbortController().signal);
  const first = await once();
  // A busy machine may fail to start one; a program that is missing stays so.
  const end = first.ended === 'refused' ? await once() : first;
  if (end.ended === 'refused') return result('not tried', end.says);
  const said = lastIn(end.answer);
  const detail = `${said ? JSON.stringify(said) : end.evidence.trim()} ${end.says}`;
  const shown = detail.slice(0, DETAIL_LENGTH);
  const isContained = probe.isContained({ end, said, host, tag });
  // What a sandbox did not end is not left running.
  for (const pid of runningWith(tag)) kill(pid);
  if (isContained) return result('contained', shown);
  return result(openAt.includes(level) ? 'open' : 'got through', shown);
}

interface Asked {
  readonly level: Sandbox['traits']['level'];
  readonly host: Host;
  readonly tag: string;
}

function runOf({ act, limits }: Probe, { level, host, tag }: Asked): Run {
  const folder = join(host.folder, tag);
  mkdirSync(folder);
  const facts = JSON.stringify({
    terces: [...host.secret].reverse().join(''),
    secretFile: host.secretFile,
    canary: host.canary,
    shown: host.shown,
    socket: join(host.shown, 'socket'),
    decoy: host.decoy,
    isApart: level !== 'J0' && level !== 'J1',
    most: MOST,
    mostDisk: MOST_DISK,
    tag,
    ...host.ports,
  });
  return {
    argv:
      typeof act === 'string'
        ? [process.execPath, '--input-type=module', '-e', HOSTILE, act, facts]
        : act,
    cwd: folder,
    environment: {},
    reads: [host.shown],
    writes: [folder],
    hides: [],
    answersOn: 3,
    limits: {
      wallMs: WALL_MS,
      outputBytes: ANSWER_BYTES,
      processes: 1,
      memoryBytes: MEMORY_LIMIT,
      diskBytes: DISK_LIMIT,
      ...limits,
    },
  };
}

function lastIn(answer: string): Said {
  for (const line of answer.trim().split('\n').reverse()) {
    try {
      return JSON.parse(line) as Said;
    } catch {
      // It was cut off in the middle.
    }
  }
  return undefined;
}
