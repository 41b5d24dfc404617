/**
 * Between steps: lets timers and signals through, takes up what people say, and saves a snapshot now
 * and then. Nothing but what people say enters a decision, and that by way of the ledger.
 */

import { setImmediate } from 'node:timers/promises';
import { serialize } from 'node:v8';
import { STATE_VERSION } from './fold.ts';
import type { Study } from './study.ts';
import { LOOK_MS, takeUp } from './take-up.ts';

const BREATH_MS = 25;
/** A snapshot of 100,000 trials takes about 8 ms: at these distances well below 1 % of the time. */
const SNAPSHOT_TRIALS = 10_000;
const SNAPSHOT_MS = 30_000;

export async function breathe(study: Study): Promise<void> {
  const nowMs = study.plan.clock.monotonicMs();
  if (nowMs - study.breathedAtMs < BREATH_MS) return;
  study.breathedAtMs = nowMs;
  if (nowMs - study.lookedAtMs >= LOOK_MS) await takeUp(study);
  if (isSnapshotDue(study, nowMs)) await snapshot(study, nowMs);
  await setImmediate();
}

function isSnapshotDue(study: Study, nowMs: number): boolean {
  const trials = study.state.committed - study.snapshotCommitted;
  return trials >= SNAPSHOT_TRIALS || (trials > 0 && nowMs - study.snapshotAtMs >= SNAPSHOT_MS);
}

async function snapshot(study: Study, nowMs: number): Promise<void> {
  const { state, ledger } = study;
  await ledger.flush();
  const { seq, committed } = state;
  await ledger.saveSnapshot({ seq, committed, fold: STATE_VERSION, bytes: serialize(state) });
  study.snapshotAtMs = nowMs;
  study.snapshotCommitted = committed;
}
