/** Programs for one function known by examples alone: those that fit all of them, then the nearest misses. */
import { type Costs, costsOf, uniformGrammar } from './costs.ts';
import { enumerate, type Searched } from './enumerate.ts';
import type { Language, Term, Value } from './language.ts';
import { AHEAD } from './last-step.ts';
import type { Input } from './memory.ts';
import type { Net } from './net/net.ts';
import { soloCosts } from './net/recognise.ts';
import { print, readsK } from './term.ts';
import type { Workspace } from './workspace.ts';

export interface Wanted {
  readonly language: Language;
  readonly domain: 'numbers' | 'text';
  readonly costs: Costs;
  /** Makes likely primitives cheaper, where something was learnt. */
  readonly net?: Net;
  readonly inputs: readonly Input[];
  /** Whether programs may read k: not where no example gives it. */
  readonly hasK: boolean;
  readonly outputs: readonly Value[];
  /** Candidates computed. */
  readonly candidates: number;
  /** Programs returned at most. */
  readonly most: number;
}

export interface Fitting {
  readonly term: Term;
  /** Examples it gives the wanted output of. */
  readonly right: number;
}

/** What reads k where no example gives it: it would stand for the 0 that k then is, and 0 would be lost with it. */
function unread({ language, hasK }: Pick<Wanted, 'language' | 'hasK'>): ReadonlySet<number> {
  if (hasK) return new Set();
  const { primitives } = language;
  return new Set([...primitives.keys()].filter((prim) => readsK(language, { prim, args: [] })));
}

const equal = (a: Value, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * As they are found, in the order of cost but for last steps that are looked at ahead; several may fit all examples
 * and differ elsewhere, which only more examples can tell.
 * Where none fits, those that fit most, none of them twice on the examples.
 */
export function programsFor(wanted: Wanted, space: Workspace): readonly Fitting[] {
  const { outputs, most, language, net, inputs } = wanted;
  const fitting = new Map<string, Term>();
  const take = (term: Term): void => {
    if (fitting.size < most) fitting.set(print(language, term), term);
  };
  const searched = enumerate(
    {
      ...wanted,
      costs: net ? soloCosts(outputs, wanted.costs, { net, language, inputs }) : wanted.costs,
      ahead: AHEAD,
      targets: [outputs],
      goOn: (candidates) => candidates < wanted.candidates && fitting.size < most,
      found: (_, term) => take(term),
      another: (_, term) => take(term),
      without: unread(wanted),
    },
    space,
  );
  if (fitting.size > 0)
    return [...fitting.values()].map((term) => ({ term, right: outputs.length }));
  return nearest(searched, wanted);
}

function nearest(searched: Searched, { outputs, most }: Wanted): readonly Fitting[] {
  const type = typeof outputs[0] === 'number' ? 'I' : 'L';
  const near: { readonly id: number; readonly right: number }[] = [];
  for (let id = 0; id < searched.kept; id++) {
    if (searched.type(id) !== type) continue;
    const given = searched.outputs(id);
    const right = outputs.filter((output, at) => equal(output, given[at] as Value)).length;
    if (right > 0) near.push({ id, right });
  }
  return near
    .sort((a, b) => b.right - a.right || a.id - b.id)
    .slice(0, most)
    .map(({ id, right }) => ({ term: searched.term(id), right }));
}

/** The cheapest programs of a type in a language that has learnt nothing: what plain sampling draws from. */
export function anyPrograms(
  wanted: Pick<Wanted, 'domain' | 'inputs' | 'language' | 'hasK'>,
  type: 'I' | 'L',
  space: Workspace,
): readonly Term[] {
  const searched = enumerate(
    {
      ...wanted,
      costs: costsOf(wanted.language, uniformGrammar(wanted.language)),
      targets: [],
      goOn: (candidates) => candidates < 20_000,
      found: () => undefined,
      without: unread(wanted),
    },
    space,
  );
  const ids = Array.from({ length: searched.kept }, (_, id) => id);
  return ids.filter((id) => searched.type(id) === type).map((id) => searched.term(id));
}
