/** Solvers on texts that none of them has seen (recursion2.md §4): nothing is learned there. */
import type { LineName, TextReading } from '../../improver/recursion/readings.ts';
import type { Solver } from '../../synthesis/generation.ts';
import { forText } from '../../synthesis/transfer.ts';
import type { Line } from './lines.ts';
import { bareSolver } from './lines.ts';
import type { Ground, Pass } from './pass.ts';
import { pass } from './pass.ts';

export function readOnTexts(
  numbers: Omit<Ground, 'parts'>,
  grown: Readonly<Partial<Record<LineName, Line>>>,
  generations: number,
): readonly TextReading[] {
  const { tasks } = numbers.group;
  const parts = { held: [...tasks.keys()], everyday: [], train: [] };
  const ground: Ground = { ...numbers, domain: 'text', parts };
  const read = (line: TextReading['line'], found: Pass, within?: number): TextReading => {
    const most = within ?? found.searched.candidates;
    const solved = [...found.solved.values()].filter(({ candidates }) => candidates <= most);
    const cpuMs = Math.round((found.cpuMs * most) / found.searched.candidates);
    return { line, solved: solved.length, of: tasks.length, candidates: most, cpuMs };
  };
  const learned = (line: Line | undefined): Solver | undefined =>
    line && forText({ language: line.solver.language, solutions: [...line.solutions.values()] });
  const long = pass(ground, bareSolver('text'), generations + 1);
  const costs = learned(grown['costs-only']);
  const library = learned(grown.recursive);
  return [
    read('uniform', long, long.marks[0]),
    read('longer', long),
    ...(costs ? [read('costs', pass(ground, costs))] : []),
    ...(library ? [read('library', pass(ground, library))] : []),
  ];
}
