/** What is compared on the held-out families: the frozen lines, and what self-application made of the textbook. */
import { LINES } from '../../src/improver/gp/lines.ts';
import { GP_VOCABULARY } from '../../src/improver/gp/slots.ts';
import { decodeForest } from '../../src/lang/codec.ts';
import type { Forest } from '../../src/lang/forest.ts';
import { type Lineage, readLineages } from './lineages.ts';

/** Children of the start's size that the CPU time of a task would pay for at frozen prices. */
export const STEPS = 120;

export interface Line {
  readonly name: string;
  /** Several lineages are one line: the mean over them is what is compared. */
  readonly improvers: readonly Forest[];
}

/** One run of one improver. */
export interface Row {
  readonly line: string;
  readonly lineage: number;
  readonly task: string;
  readonly seed: number;
  readonly regret: number;
  readonly evals: number;
  readonly cpuMs: number;
}

function finals(kind: Lineage['kind']): readonly Forest[] {
  return readLineages(kind).flatMap(({ steps }) => {
    const last = steps.at(-1)?.improver;
    return last === undefined ? [] : [decodeForest(last, GP_VOCABULARY)];
  });
}

export function linesOf(): readonly Line[] {
  return [
    ...Object.entries(LINES).map(([name, line]) => ({ name, improvers: [line] })),
    { name: 'evolved', improvers: finals('self-applied') },
    // Where it was run: the textbook always searching, the same total.
    ...[{ name: 'control', improvers: finals('control') }].filter(
      ({ improvers }) => improvers.length > 0,
    ),
  ];
}
