/** The gate on trial while it judges: its qualification at the start, its traps beside the candidates of a study. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../core/json.ts';
import type { Bench } from '../../gatekeeper/bench.ts';
import type { GateRating } from '../../gatekeeper/contract.ts';
import type { Qualification } from '../../gatekeeper/qualification.ts';
import { dueTraps, ratingOf, runTraps } from '../../gatekeeper/traps.ts';

export interface StandingTrial {
  /** @throws PacelineError `GATE_UNQUALIFIED`: nothing passes a gate that nobody tried. */
  qualification(): Promise<Qualification>;
  /** Runs what is due, one trap after another; nobody waits for it. */
  begin(): void;
  rating(): Promise<GateRating>;
  close(): Promise<void>;
}

export function standingTrial(bench: Bench, config: Json): StandingTrial {
  const abort = new AbortController();
  let underWay: Promise<void> | undefined;
  let qualified: Promise<Qualification> | undefined;
  const qualification = (): Promise<Qualification> => (qualified ??= qualificationOf(config));
  const run = async (): Promise<void> => {
    // What cannot be drawn stays due: it is looked for again after the next candidate.
    let left = Number.POSITIVE_INFINITY;
    for (let due = dueTraps({ bench }).length; due > 0 && due < left; ) {
      left = due;
      await runDue(bench, await qualification(), abort.signal);
      due = dueTraps({ bench }).length;
    }
  };
  return {
    qualification,
    begin() {
      if (underWay !== undefined) return;
      underWay = run()
        .catch(() => undefined)
        .finally(() => {
          underWay = undefined;
        });
    },
    rating: async () => ratingOf({ bench, qualification: await qualification() }),
    async close() {
      abort.abort();
      await underWay;
    },
  };
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
