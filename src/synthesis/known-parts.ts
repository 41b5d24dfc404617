/** What a term is made of, and which known part an abstraction does the same as. */
import type { Language, Term } from './language.ts';
import type { StoredAbstraction } from './library.ts';
import { withLibrary } from './library.ts';
import { compute, machineOf, valueCells } from './machine.ts';
import type { Input } from './memory.ts';
import { readValues } from './memory.ts';
import { isHole } from './term.ts';

/** Abstractions, itself included, that a term is made of. */
export function learnedIn(language: Language, term: Term): ReadonlySet<number> {
  const found = new Set<number>();
  const visit = (at: Term): void => {
    at.args.forEach(visit);
    const body = isHole(at) ? undefined : language.primitives[at.prim]?.body;
    if (body === undefined || found.has(at.prim)) return;
    found.add(at.prim);
    visit(body);
  };
  visit(term);
  return found;
}

/**
 * For every abstraction of one list: the name of the known one that gives the same on all inputs.
 *
 * @param known abstractions over bare primitives
 */
export function sameAsKnown(
  language: Language,
  known: readonly StoredAbstraction[],
  inputs: readonly Input[],
): ReadonlyMap<number, string> {
  const both = withLibrary(language, known);
  const ofOneList = [...both.primitives.keys()].filter((prim) => {
    const { args, body, type } = both.primitives[prim] ?? { args: [] };
    const isValue = type === 'I' || type === 'L';
    return isValue && args.length === 1 && args[0] === 'L' && body !== undefined;
  });
  const outputs = outputsOf(both, ofOneList, inputs);
  const names = new Map<string, string>();
  for (const prim of ofOneList)
    if (prim >= language.primitives.length && !names.has(outputs.get(prim) ?? ''))
      names.set(outputs.get(prim) as string, both.primitives[prim]?.name ?? '');
  return new Map(
    ofOneList.flatMap((prim) => {
      const name = names.get(outputs.get(prim) as string);
      return prim < language.primitives.length && name !== undefined ? [[prim, name]] : [];
    }),
  );
}

function outputsOf(
  language: Language,
  prims: readonly number[],
  inputs: readonly Input[],
): ReadonlyMap<number, string> {
  const list = language.index.get('L') as number;
  const outputs = new Map<number, unknown[]>(prims.map((prim) => [prim, []]));
  for (const input of inputs) {
    const cells = new Int32Array((language.primitives.length + SCRATCH) * valueCells(1) * 2);
    const machine = machineOf(language, [input], cells);
    for (const prim of prims) {
      const at = compute(machine, { prim, args: [{ prim: list, args: [] }] });
      const type = language.primitives[prim]?.type as 'I' | 'L';
      outputs.get(prim)?.push(at < 0 ? null : readValues(machine.memory, at, type)[0]);
    }
  }
  return new Map([...outputs].map(([prim, values]) => [prim, JSON.stringify(values)]));
}

/** Values of the longest abstraction beside those of the language. */
const SCRATCH = 400;
