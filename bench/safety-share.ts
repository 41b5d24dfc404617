/**
 * What safety takes of the CPU time that the example studies put on record, and how long a promotion waits for its
 * floor: each example as `paceline init` makes it, run by the built command line from its own config and a fixed seed.
 *
 * What is done stands in results/safety-share.json, by study: cut off, the bench goes on with the others, as long as
 * the commit is the same. `--only sort-kernel tsp` runs some; `--again` runs all anew.
 *
 * CPU of a single check is on no record: checks run beside each other, and the gate's record has what a verdict took.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLedger } from '../src/app/read-ledger.ts';
import { gateRecordPath, pickStudy } from '../src/app/study-files.ts';
import type { StoredEvent } from '../src/core/events.ts';
import { readGateRows } from '../src/core/gate-chain.ts';
import type { Hash } from '../src/core/hash.ts';
import { readRecord } from '../src/gates/record-file.ts';
import { cpuOf, MAIN_ARM } from '../src/pace/fold.ts';
import { withExample } from './example-study.ts';
import { type Bench, type Figure, median } from './figure.ts';

/** By what the figures call them. The demo is bin packing; with ten times its budget, most of its gain is behind it. */
const STUDIES: Readonly<Record<string, { readonly example: string; readonly wall?: string }>> = {
  'bin-packing': { example: 'bin-packing' },
  'by-example': { example: 'by-example' },
  'sort-kernel': { example: 'sort-kernel' },
  tsp: { example: 'tsp' },
  'bin-packing-500s': { example: 'bin-packing', wall: '500s' },
};
const SEED = '1';
const KEPT = join(import.meta.dirname, 'results/safety-share.json');
const MOST_SHARE = 0.4;
const MOST_FLOOR_MS = 1000;

/** CPU times in ms. */
interface Share {
  readonly search: Readonly<Record<string, number>>;
  readonly safety: Readonly<Record<string, number>>;
  /** What the floor took of each promotion, ms by the clock. */
  readonly floorMs: readonly number[];
  /** Verdicts of the floor: how many, and CPU by how they ended. */
  readonly verdicts: Readonly<Record<string, { readonly n: number; readonly cpuMs: number }>>;
  readonly seconds: number;
}

interface Kept {
  readonly commit: string;
  readonly studies: Readonly<Record<string, Share>>;
}

export const safetyShare: Bench = {
  name: 'safety-share',
  what: 'safety’s share of CPU on the example studies, and what the floor adds to a promotion',
  seconds: 1000,
  async run(say, flags) {
    const named = flags.filter((one) => !one.startsWith('--'));
    const only = flags.includes('--only') ? named : Object.keys(STUDIES);
    execFileSync('npm', ['run', '--silent', 'build:quiet'], { stdio: 'inherit' });
    const commit = stateOfSource();
    let kept = flags.includes('--again') ? { commit, studies: {} } : readKept(commit);
    for (const [name, study] of Object.entries(STUDIES)) {
      if (!only.includes(name) || kept.studies[name]) continue;
      const share = await shareOf(study);
      kept = { commit, studies: { ...kept.studies, [name]: share } };
      writeFileSync(KEPT, `${JSON.stringify(kept, null, 2)}\n`);
      say(`${name}: ${(100 * safetyOf(share)).toFixed(1)} % in ${share.seconds.toFixed(0)} s`);
    }
    return Object.entries(kept.studies).flatMap(([name, share]) => figuresOf(name, share));
  },
};

/** Of what is not committed, too: figures of another source are not gone on with. */
function stateOfSource(): string {
  return execFileSync('git', ['describe', '--always', '--abbrev=40', '--exclude=*', '--dirty'], {
    encoding: 'utf8',
  }).trim();
}

function readKept(commit: string): Kept {
  const kept: Kept | undefined = existsSync(KEPT)
    ? JSON.parse(readFileSync(KEPT, 'utf8'))
    : undefined;
  const isSame = kept?.commit === commit && !commit.endsWith('-dirty');
  return isSame ? kept : { commit, studies: {} };
}

function shareOf({ example, wall }: (typeof STUDIES)[string]): Promise<Share> {
  const more = wall === undefined ? [] : ['--wall', wall];
  const chosen = { config: 'paceline.yaml', seed: SEED, more };
  return withExample(example, chosen, async ({ folder, seconds }) => {
    const id = pickStudy(folder, undefined);
    const events: StoredEvent[] = [];
    await withLedger({ root: folder, id }, async (ledger) => {
      for await (const page of ledger.read(0)) events.push(...page);
    });
    return { ...cpuBy(events), ...floorOf(events, gateRecordPath(folder, id)), seconds };
  });
}

function cpuBy(events: readonly StoredEvent[]): Pick<Share, 'search' | 'safety'> {
  const [search, safety]: Record<string, number>[] = [{}, {}];
  for (const event of events) {
    const { isSafety, ms } = cpuOf(event);
    const sums = (isSafety ? safety : search) ?? {};
    if (ms > 0) sums[groupOf(event)] = (sums[groupOf(event)] ?? 0) + ms;
  }
  return { search: search ?? {}, safety: safety ?? {} };
}

const GROUPS: Readonly<Record<string, string>> = {
  'noise.measured': 'noise floor',
  'trial.settled': 'trials',
  'gate.judged': 'floor of promotions',
  'audit.finished': 'audits',
  'gate.rated': 'traps and looks',
  'gatekeeper.left': 'traps and looks',
  baseline: 'references',
  remeasure: 'references',
  confirm: 'confirms',
  block: 'gains of what was confirmed',
  control: 'final comparison',
  final: 'final comparison',
};

function groupOf({ type, body }: StoredEvent): string {
  return GROUPS[type === 'measurement.recorded' ? body.purpose : type] ?? type;
}

function floorOf(
  events: readonly StoredEvent[],
  record: string,
): Pick<Share, 'floorMs' | 'verdicts'> {
  const opened = events.find((event) => event.type === 'study.opened');
  const promoted = new Set(
    events.flatMap((one) =>
      one.type === 'candidate.promoted' && one.body.arm === MAIN_ARM ? [one.body.candidate] : [],
    ),
  );
  const rows = readRecord(record);
  if (rows === undefined || opened === undefined) return { floorMs: [], verdicts: {} };
  const floorMs: number[] = [];
  const verdicts: Record<string, { n: number; cpuMs: number }> = {};
  for (const { kind, body } of readGateRows(rows, opened.body.secretCommit as Hash)) {
    if (kind !== 'verdict') continue;
    const { n, cpuMs } = verdicts[body.verdict] ?? { n: 0, cpuMs: 0 };
    verdicts[body.verdict] = { n: n + 1, cpuMs: cpuMs + body.cpuMs };
    if (body.verdict === 'pass' && promoted.has(body.candidate)) floorMs.push(body.tookMs);
  }
  return { floorMs, verdicts };
}

const total = (sums: Readonly<Record<string, number>>): number =>
  Object.values(sums).reduce((sum, ms) => sum + ms, 0);

/** Of all CPU time on record, 0 to 1. */
function safetyOf({ search, safety }: Pick<Share, 'search' | 'safety'>): number {
  return total(safety) / (total(search) + total(safety));
}

function figuresOf(study: string, share: Share): readonly Figure[] {
  const { search, safety, floorMs, verdicts, seconds } = share;
  const parts = [...Object.entries(search), ...Object.entries(safety)];
  const ended = Object.entries(verdicts).map(
    ([verdict, { n, cpuMs }]) => `${n} ${verdict} in ${(cpuMs / 1000).toFixed(1)} s`,
  );
  return [
    {
      name: `${study}: share of safety`,
      value: 100 * safetyOf(share),
      unit: '%',
      target: { most: 100 * MOST_SHARE },
      note: `of ${((total(search) + total(safety)) / 1000).toFixed(0)} s of CPU on record; ${seconds.toFixed(0)} s by the clock`,
    },
    ...parts.map(([part, ms]) => ({
      name: `${study}: ${part}`,
      value: ms / 1000,
      unit: 's of CPU',
      note:
        part in safety
          ? `safety${part === GROUPS['gate.judged'] ? `; ${ended.join(', ')}` : ''}`
          : 'search',
    })),
    ...floorFigure(study, floorMs),
  ];
}

/** None where nothing was promoted. */
function floorFigure(study: string, floorMs: readonly number[]): readonly Figure[] {
  if (floorMs.length === 0) return [];
  return [
    {
      name: `${study}: floor of a promotion, median`,
      value: median(floorMs),
      unit: 'ms',
      target: { most: MOST_FLOOR_MS },
      note: `by the clock, of ${floorMs.length} promotions; ${floorMs.map((ms) => ms.toFixed(0)).join(', ')}`,
    },
  ];
}
