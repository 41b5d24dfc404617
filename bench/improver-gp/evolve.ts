/**
 * The long run behind `npm run bench -- improver-gp`: lineages of improvers from the textbook, each generation
 * found by the one before it, and beside them a control in which the textbook always searches. Training families
 * only. `node --import tsx bench/improver-gp/evolve.ts self-applied 4 1 2 3` takes lineages 1 to 3 to generation 4;
 * what is there already is kept. About 40 CPU-seconds a generation.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Generation, runGeneration } from '../../src/app/improver-gp/generation.ts';
import { innerStudies, processCpuMs } from '../../src/app/improver-gp/inner-studies.ts';
import { loadPolicies } from '../../src/app/improver-gp/policies.ts';
import { LINES } from '../../src/improver/gp/lines.ts';
import { GP_VOCABULARY } from '../../src/improver/gp/slots.ts';
import { decodeForest, encodeForest } from '../../src/lang/codec.ts';
import { describeMachine } from '../machine.ts';
import { FOLDER, type Lineage, lineageFile, type Step } from './lineages.ts';

/** Twice the prototype's: a slot is then drawn nearly three times a generation. */
const MEASUREMENTS = 120;
/** Mixed, or improvers are made for one budget. */
const BUDGETS = [60, 100, 160].map((steps) => ({ steps, cpuMs: 60_000 }));

const runner = innerStudies({ policies: await loadPolicies(FOLDER), cpuMs: processCpuMs });
const { signal } = new AbortController();

function stepOf(made: Generation): Step {
  const { improver, candidate, confirmation, searched, ...counts } = made;
  return {
    ...counts,
    searched,
    improver: encodeForest(improver),
    ...(candidate && { candidate: encodeForest(candidate) }),
    ...(confirmation && { confirmation }),
  };
}

async function extend(path: string, lineage: Lineage, generations: number): Promise<void> {
  const steps = [...lineage.steps];
  while (steps.length < generations) {
    const text = steps.at(-1)?.improver ?? encodeForest(LINES.textbook);
    const incumbent = decodeForest(text, GP_VOCABULARY);
    const searcher = lineage.kind === 'control' ? LINES.textbook : incumbent;
    // The control's random numbers are those of its lineage: the first generations of both are the same.
    const seed = `lineage ${lineage.number} ${steps.length}`;
    const made = await runGeneration({
      searcher,
      incumbent,
      runner,
      budgets: BUDGETS,
      measurements: MEASUREMENTS,
      seed,
      signal,
    });
    steps.push(stepOf(made));
    writeFileSync(path, `${JSON.stringify({ ...lineage, steps }, undefined, 1)}\n`);
    const { isPromoted, confirmation, searched, cpuMs } = made;
    console.log(
      lineage.kind,
      lineage.number,
      steps.length,
      isPromoted ? 'promoted' : 'kept',
      JSON.stringify({ searched, confirmation, cpuS: Math.round(cpuMs / 1000) }),
    );
  }
}

const [kind, ...given] = process.argv.slice(2);
const [generations, ...numbers] = given.map(Number);
if ((kind !== 'self-applied' && kind !== 'control') || generations === undefined) {
  console.error('Say self-applied or control, how many generations, and the numbers of lineages.');
  process.exit(2);
}
for (const number of numbers) {
  const path = lineageFile(kind, number);
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Lineage) : undefined;
  const machine = describeMachine(join(import.meta.dirname, '../results'));
  await extend(path, kept ?? { kind, number, machine, steps: [] }, generations);
}
