/** The self-test is remembered for as long as nothing it rests on changed. */
import { readFileSync, statSync } from 'node:fs';
import { release } from 'node:os';
import { z } from 'zod';
import { contentId } from '../../core/hash.ts';
import { locate } from '../../sandboxes/jail/toolchain.ts';
import { PROBES } from '../../sandboxes/self-test/probes.ts';
import { HOSTILE } from '../../sandboxes/self-test/self-test.ts';
import { keepOnMachine, machineFile } from '../machine-cache.ts';
import { ENGINE_VERSION } from '../version.ts';
import type { Candidate, LevelReport } from './levels.ts';

const reports = z.array(
  z.strictObject({
    level: z.enum(['J0', 'J1', 'J2', 'J3', 'J4']),
    driver: z.string(),
    cause: z.string().exactOptional(),
    results: z
      .array(
        z.strictObject({
          probe: z.string(),
          outcome: z.enum(['contained', 'got through', 'open', 'not tried', 'not meant']),
          detail: z.string(),
        }),
      )
      .exactOptional(),
  }),
);

/** Programs that make a jail; their file is what was tried. */
const PROGRAMS = ['bwrap', 'unshare', 'setpriv', 'prlimit', 'perl', 'taskset'];

/** Kernel settings that decide what they may. */
const SETTINGS = [
  '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
  '/proc/sys/kernel/unprivileged_userns_clone',
  '/proc/sys/user/max_user_namespaces',
  '/proc/self/uid_map',
];

/** Of all that the answer could depend on. */
export function digestOf(levels: readonly Candidate[]): string {
  return contentId({
    engine: ENGINE_VERSION,
    kernel: release(),
    node: [process.execPath, process.versions.node],
    user: process.getuid?.() ?? -1,
    programs: PROGRAMS.map((name) => programFacts(locate(name, '/'))),
    settings: [...SETTINGS.map(textOf), groupsOf(textOf('/proc/self/cgroup'))],
    probes: [HOSTILE, ...PROBES.map(({ name, act }) => [name, act].flat())],
    levels: levels.map(({ level, driver, missing = '' }) => [level, driver, missing]),
  });
}

/** Of version 1. In version 2 each login and each start has one of another name; what it lets us do is said of J4. */
export function groupsOf(text: string): string {
  return text.replace(/^0::.*$/m, '');
}

function programFacts(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return `${path} ${stat?.size} ${stat?.mtimeMs} ${stat?.ino}`;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

export function cachePath(digest: string): string {
  return machineFile('self-test', digest);
}

export function remembered(digest: string): readonly LevelReport[] | undefined {
  try {
    return reports.parse(JSON.parse(readFileSync(cachePath(digest), 'utf8')));
  } catch {
    return undefined; // Not there, or not ours: it is tried again.
  }
}

/** Where it cannot be kept it is tried again the next time. */
export function remember(digest: string, found: readonly LevelReport[]): void {
  keepOnMachine('self-test', digest, JSON.stringify(found));
}
