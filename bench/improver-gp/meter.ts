/**
 * Part of `npm run bench -- improver-gp`: runs of all lines on all held-out families for the seeds named, one row of
 * JSON a run. A process of its own for each half of the seeds, so that both cores are used and each counts its own
 * CPU time.
 */
import { processCpuMs } from '../../src/app/improver-gp/inner-studies.ts';
import { loadPolicies, type PolicyEntry } from '../../src/app/improver-gp/policies.ts';
import { publicRoot } from '../../src/core/rng.ts';
import { LINES } from '../../src/improver/gp/lines.ts';
import { clockMeter } from '../../src/improver/gp/meter.ts';
import { regretOf } from '../../src/improver/gp/regret.ts';
import { answer, search } from '../../src/improver/gp/search.ts';
import { stepMs } from '../../src/improver/gp/subject.ts';
import type { Forest } from '../../src/lang/forest.ts';
import { FOLDER } from './lineages.ts';
import { type Line, linesOf, type Row, STEPS } from './lines.ts';

/** Every line has the same CPU milliseconds on a task: breeding, hashing, twin and garbage collection included. */
function runOnce(policy: PolicyEntry, improver: Forest, seed: number) {
  const budgetMs = STEPS * stepMs(policy.subject);
  const beganMs = processCpuMs();
  const meter = clockMeter(budgetMs, processCpuMs);
  const rng = publicRoot(`held-out ${seed}`).stream(0, policy.name);
  const running = search({ improver, subject: policy.subject, meter, rng });
  const found = answer(running, ({ subject, forest }) => policy.costOf(subject, forest));
  return {
    regret: regretOf(found?.best.cost ?? null, policy.scale),
    evals: found?.evals ?? 0,
    cpuMs: processCpuMs() - beganMs,
  };
}

/** In a random order: who comes first on a machine that others use too is nobody's merit. */
function shuffled(lines: readonly Line[], key: string): readonly Line[] {
  const rng = publicRoot(key).stream(0, 'order');
  return lines
    .map((line) => ({ line, at: rng.float() }))
    .sort((a, b) => a.at - b.at)
    .map(({ line }) => line);
}

const policies = (await loadPolicies(FOLDER)).filter(({ split }) => split === 'held-out');
const lines = linesOf();
// Once for the compiler.
for (const policy of policies) runOnce(policy, LINES.expert, -1);
for (const seed of process.argv.slice(2).map(Number)) {
  for (const policy of policies) {
    for (const { name, improvers } of shuffled(lines, `${seed} ${policy.name}`)) {
      for (const [lineage, improver] of improvers.entries()) {
        const run = runOnce(policy, improver, seed);
        const row: Row = { line: name, lineage, task: policy.name, seed, ...run };
        console.log(JSON.stringify(row));
      }
    }
  }
}
