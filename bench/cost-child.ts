/**
 * A study of many trials with an evaluator that costs nothing, in a process of its own:
 * `cost-child.ts run|resume DIRECTORY TRIALS`. Prints one line of JSON.
 */

import { systemClock } from '../src/app/system-clock.ts';
import type { Archive } from '../src/archives/contract.ts';
import { paretoArchive } from '../src/archives/pareto.ts';
import { nullEvaluator } from '../src/evaluators/null.ts';
import { runLoop } from '../src/loop/loop.ts';
import type { Plan } from '../src/loop/plan.ts';
import { openStudy, resumeStudy } from '../src/loop/recovery.ts';
import type { Proposer } from '../src/proposers/contract.ts';
import { scriptedProposer } from '../src/proposers/scripted.ts';
import { inlineQueue } from '../src/queues/inline.ts';
import type { Ledger } from '../src/stores/contract.ts';
import { sqliteStore } from '../src/stores/sqlite.ts';
import { smallPlan } from '../src/testing/small-study.ts';
import { quantile } from './figure.ts';

const [task = '', directory = '', trials = '0'] = process.argv.slice(2);
const BLOCK = 1000;

function plan(): Plan {
  const evaluator = nullEvaluator();
  const scripted = scriptedProposer({ textOf: (trial) => `candidate ${trial}` }) as Proposer;
  // It does not, but what a study of those who do costs is measured: elites are measured again.
  const proposer = { ...scripted, traits: { ...scripted.traits, breeds: true as const } };
  const small = smallPlan({
    elites: 'remeasured',
    clock: systemClock,
    budget: { trials: Number(trials) },
    search: inlineQueue(evaluator),
    judge: evaluator,
    proposers: [proposer],
  });
  return { ...small, archive: paretoArchive() as Archive, checkParity: false };
}

async function run(ledger: Ledger): Promise<void> {
  const blocks: number[] = [];
  const delays: number[] = [];
  const waiting: { seq: number; atMs: number }[] = [];
  let peakRss = 0;
  let cpu = systemClock.cpuMs();
  let settled = 0;
  const noteDurable = (): void => {
    const { seq } = ledger.durable;
    const nowMs = systemClock.monotonicMs();
    while (waiting[0] && waiting[0].seq <= seq)
      delays.push(nowMs - (waiting.shift()?.atMs ?? nowMs));
  };
  const timer = setInterval(noteDurable, 1);
  const append = ledger.append.bind(ledger);
  ledger.append = (drafts, blobs) => {
    const stored = append(drafts, blobs);
    for (const { type, seq } of stored) if (type === 'trial.settled') note(seq);
    return stored;
  };
  const note = (seq: number): void => {
    settled += 1;
    // One in a hundred is enough, and the noting itself is measured too.
    if (settled % 100 === 0) waiting.push({ seq, atMs: systemClock.monotonicMs() });
    if (waiting.length > 0) noteDurable();
    if (settled % BLOCK !== 0) return;
    const now = systemClock.cpuMs();
    blocks.push((now - cpu) / BLOCK);
    cpu = now;
    peakRss = Math.max(peakRss, process.memoryUsage().rss);
  };
  const study = await openStudy({ plan: plan(), ledger, reporters: [] });
  const start = systemClock.cpuMs();
  await runLoop(study);
  clearInterval(timer);
  noteDurable();
  const cpuMs = systemClock.cpuMs() - start;
  const p99Ms = quantile(delays, 0.99);
  console.log(
    JSON.stringify({
      cpuMs,
      blocks,
      peakRss,
      p50Ms: quantile(delays, 0.5),
      p99Ms,
      entries: ledger.durable.seq,
    }),
  );
}

/** Time from an opened ledger to a study that could go on. */
async function resume(): Promise<void> {
  const start = systemClock.monotonicMs();
  const ledger = await sqliteStore({ directory, clock: systemClock }).open('cost', 'write');
  const study = await resumeStudy({ plan: plan(), ledger, reporters: [] });
  const ms = systemClock.monotonicMs() - start;
  console.log(JSON.stringify({ ms, committed: study.state.committed }));
  await ledger.close();
}

if (task === 'resume') await resume();
else {
  const ledger = await sqliteStore({ directory, clock: systemClock }).open('cost', 'write');
  await run(ledger);
  await ledger.close();
}
