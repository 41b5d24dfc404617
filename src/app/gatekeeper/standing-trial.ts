/** The gate on trial while it judges: its qualification at the start, its traps beside the candidates of a study. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { Bench } from '../../gatekeeper/bench.ts';
import type { GateRating } from '../../gatekeeper/contract.ts';
import type { Qualification } from '../../gatekeeper/qualification.ts';
import { dueTraps, ratingOf, runTraps } from '../../gatekeeper/traps.ts';

export interface StandingTrial {
  /** @throws PacelineError `GATE_UNQUALIFIED`: nothing passes a gate that nobody tried. */
  qualification(): Promise<Qualification>;
  /** Runs what is due, one trap after another; nobody waits for it, while few are due. */
  begin(): void;
  /** @throws PacelineError `GATE_UNQUALIFIED` where many traps are due and none can be run. */
  rating(): Promise<GateRating>;
  close(): Promise<void>;
}

/** So many traps may wait for their turn; more of them, and a promotion waits for them. */
const MOST_WAITING = 3;

export interface TrialParts {
  readonly qualify?: (config: Json) => Promise<Qualification>;
  readonly tryDue?: typeof runDue;
}

export function standingTrial(
  bench: Bench,
  config: Json,
  { qualify = qualificationOf, tryDue = runDue }: TrialParts = {},
): StandingTrial {
  const abort = new AbortController();
  let underWay: Promise<void> | undefined;
  let trouble: unknown;
  let qualified: Promise<Qualification> | undefined;
  const qualification = (): Promise<Qualification> => (qualified ??= qualify(config));
  const run = async (): Promise<void> => {
    // What cannot be drawn stays due: it is looked for again after the next candidate.
    let left = Number.POSITIVE_INFINITY;
    for (let due = dueTraps({ bench }).length; due > 0 && due < left; ) {
      left = due;
      await tryDue(bench, await qualification(), abort.signal);
      due = dueTraps({ bench }).length;
    }
  };
  const begin = (): Promise<void> => {
    trouble = undefined;
    underWay ??= run()
      .catch((error) => {
        trouble = error;
      })
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  };
  return {
    qualification,
    begin: () => void begin(),
    async rating() {
      const found = await qualification();
      const waiting = dueTraps({ bench }).length;
      if (waiting > MOST_WAITING) await begin();
      if (waiting > MOST_WAITING && trouble !== undefined) throw untried(waiting, trouble);
      return ratingOf({ bench, qualification: found });
    },
    async close() {
      abort.abort();
      await underWay;
    },
  };
}

/** Whoever fills a disk would otherwise silence what the gate is watched by. */
function untried(waiting: number, trouble: unknown): PacelineError {
  const why = trouble instanceof Error ? trouble.message : String(trouble);
  return new PacelineError(
    'GATE_UNQUALIFIED',
    `${waiting} known cases are due on which the gates are tried while they judge, and none can be (${why}), so nothing passes. Mend that, for example by freeing space in ${tmpdir()}, then run paceline resume.`,
    { waiting },
  );
}

async function qualificationOf(config: Json): Promise<Qualification> {
  const [{ parseConfig }, { requireQualified }] = await Promise.all([
    import('../config.ts'),
    import('../qualification/qualified.ts'),
  ]);
  return requireQualified(parseConfig(config, 'the config of this study'));
}

async function runDue(
  bench: Bench,
  qualification: Qualification,
  signal: AbortSignal,
): Promise<void> {
  const { knownTasks } = await import('../qualification/known-tasks.ts');
  const at = mkdtempSync(join(tmpdir(), 'paceline-traps-'));
  try {
    const tasks = await knownTasks({ at, isWhole: false }, signal);
    await runTraps({ bench, qualification, tasks }, signal);
  } finally {
    rmSync(at, { recursive: true, force: true });
  }
}
