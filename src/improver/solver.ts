/** The solver an improver describes, and the improver a solver is kept as. */
import { PacelineError } from '../core/errors.ts';
import type { Costs, Grammar } from '../synthesis/costs.ts';
import { costsOf, grammarOf, uniformGrammar } from '../synthesis/costs.ts';
import type { Solver } from '../synthesis/generation.ts';
import type { Language } from '../synthesis/language.ts';
import { bareLanguage } from '../synthesis/language.ts';
import { libraryOf, withLibrary } from '../synthesis/library.ts';
import { readNet } from '../synthesis/net/stored.ts';
import type { Abstraction, Improver } from './artifact.ts';
import { refuseExplosion } from './written-out.ts';

/** Nodes of an abstraction written out in primitives: those that people and miners make have some dozens. */
const LARGEST_EXPANSION = 10_000;

/**
 * @throws PacelineError IMPROVER_INVALID as `withLibrary`, and for costs or a net that do not fit the language.
 */
export function solverOf(improver: Improver): Solver {
  const { domain, library, generation } = improver;
  const language = withLibrary(bareLanguage(domain), library);
  refuseExplosion(language, LARGEST_EXPANSION);
  const grammar =
    improver.costs === null ? uniformGrammar(language) : grammarFrom(language, improver);
  const net = improver.net === null ? undefined : readNet(improver.net, language);
  return { generation, language, grammar, ...(net ? { net } : {}) };
}

function grammarFrom(language: Language, { costs }: Improver): Grammar {
  const rows: Costs = language.primitives.map(({ name, args }) =>
    args.map((type, slot) =>
      Int32Array.from(language.primitives, (child) => {
        if (child.type !== type) return 0;
        const row = costs !== null && Object.hasOwn(costs, name) ? costs[name]?.[slot] : undefined;
        const cost = row && Object.hasOwn(row, child.name) ? row[child.name] : undefined;
        if (cost === undefined) throw missingCost(name, slot, child.name);
        return cost;
      }),
    ),
  );
  for (const name of Object.keys(costs ?? {}))
    if (!language.index.has(name))
      throw new PacelineError(
        'IMPROVER_INVALID',
        `The costs name "${name}", which is no primitive and no abstraction of this improver. Export it again instead of editing it.`,
        { name },
      );
  return grammarOf(rows);
}

const missingCost = (parent: string, slot: number, child: string): PacelineError =>
  new PacelineError(
    'IMPROVER_INVALID',
    `The costs have none for "${child}" as argument ${slot + 1} of "${parent}". Export the improver again instead of editing it.`,
    { parent, slot, child },
  );

/** What of an improver a solver stands for. `mined` says what each new abstraction was chosen for. */
export function partsOf(
  { language, grammar }: Solver,
  mined: ReadonlyMap<string, Abstraction['mined']> = new Map(),
): Pick<Improver, 'library' | 'costs'> {
  const costs = costsOf(language, grammar);
  const { primitives } = language;
  const library = libraryOf(language).flatMap(({ name, type, args, body }) => {
    if (type !== 'I' && type !== 'L') return [];
    const from = mined.get(name);
    const stored = { name, type, args: [...args], body };
    return [from === undefined ? stored : { ...stored, mined: from }];
  });
  const row = (edges: Int32Array, type: string): Record<string, number> =>
    Object.fromEntries(
      primitives.flatMap((child, at) =>
        child.type === type ? [[child.name, edges[at] as number]] : [],
      ),
    );
  return {
    library,
    costs: Object.fromEntries(
      primitives.flatMap(({ name, args }, parent) =>
        args.length === 0
          ? []
          : [[name, args.map((type, slot) => row(costs[parent]?.[slot] as Int32Array, type))]],
      ),
    ),
  };
}
