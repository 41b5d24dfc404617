/** Solvers on texts that none of them has seen (recursion2.md §4): nothing is learned there. */
import type { LineName, TextLine, TextReading } from '../../improver/recursion/readings.ts';
import type { Solver } from '../../synthesis/generation.ts';
import { forText } from '../../synthesis/transfer.ts';
import type { Line } from './lines.ts';
import { bareSolver } from './lines.ts';
import type { Ground, Pass } from './pass.ts';
import { pass } from './pass.ts';

interface OnTexts {
  readonly lines: readonly TextLine[];
  readonly grown: Readonly<Partial<Record<LineName, Line>>>;
  readonly generations: number;
}

export function readOnTexts(
  numbers: Omit<Ground, 'parts'>,
  { lines, grown, generations }: OnTexts,
): readonly TextReading[] {
  const { tasks } = numbers.group;
  const parts = { held: [...tasks.keys()], everyday: [], train: [] };
  const ground: Ground = { ...numbers, domain: 'text', parts };
  const read = (line: TextLine, found: Pass, within?: number): TextReading => {
    const { searched, solved, cpuMs } = found;
    const most = within ?? searched.candidates;
    return {
      line,
      solved: [...solved.values()].filter(({ candidates }) => candidates <= most).length,
      of: tasks.length,
      candidates: most,
      end: within === undefined ? searched.end : 'budget',
      cpuMs: Math.round((cpuMs * most) / searched.candidates),
    };
  };
  const learned = (line: Line | undefined): Solver | undefined =>
    line && forText({ language: line.solver.language, solutions: [...line.solutions.values()] });
  const has = (line: TextLine): boolean => lines.includes(line);
  const bare = pass(ground, bareSolver('text'), has('longer') ? generations + 1 : 1);
  const costs = has('costs') ? learned(grown['costs-only']) : undefined;
  const library = has('library') ? learned(grown.recursive) : undefined;
  return [
    ...(has('uniform') ? [read('uniform', bare, bare.marks[0])] : []),
    ...(has('longer') ? [read('longer', bare)] : []),
    ...(costs ? [read('costs', pass(ground, costs))] : []),
    ...(library ? [read('library', pass(ground, library))] : []),
  ];
}
