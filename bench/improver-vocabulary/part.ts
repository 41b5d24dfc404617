/**
 * One part of `npm run bench -- improver-vocabulary`, in a process of its own: searches of its training tasks, a
 * vocabulary mined from them, and searches of its held-out tasks on every line. Prints one JSON value.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicRoot } from '../../src/core/rng.ts';
import { bareImprover } from '../../src/improver/artifact.ts';
import {
  type FoundProgram,
  MOST_PROGRAMS,
  minedMacros,
  withMacrosAdded,
} from '../../src/improver/vocabulary/mine.ts';
import { macrosOf, vocabularyGraph } from '../../src/improver/vocabulary/read.ts';
import { decodeForest } from '../../src/lang/codec.ts';
import type { Macro } from '../../src/lang/macro.ts';
import type { Taste } from '../../src/tastes/contract.ts';
import { uniformTaste } from '../../src/tastes/uniform.ts';
import { type Searched, search } from '../taste/search.ts';
import { type Family, families, type Task, taskOf } from '../taste/tasks.ts';
import { randomSubtrees } from './controls.ts';
import { packings } from './packing.ts';
import { type Answer, type Line, MOST_MACROS, PARTS, type Part, type Row, SEEDS } from './parts.ts';

const REFERENCES = join(import.meta.dirname, '../../examples/meta/policies/references.json');

/** Instances that references were frozen on, where there are any. */
function seedOf(name: string): number {
  const known = JSON.parse(readFileSync(REFERENCES, 'utf8')) as {
    readonly families: Readonly<Record<string, { readonly seed: number }>>;
  };
  return known.families[name]?.seed ?? INSTANCE;
}

const INSTANCE = 20261128;
const FAMILIES: Readonly<Record<Part, (split: Family['split']) => Promise<readonly Family[]>>> = {
  packing: packings,
  families,
};

interface Asked {
  readonly seed: string;
  readonly evals: number;
  readonly macros: readonly Macro[];
}

const searched = (task: Task, { seed, evals, macros }: Asked): Promise<Searched> =>
  search({
    task,
    seed: `${seed} ${task.name}`,
    taste: uniformTaste() as Taste,
    drafts: 1,
    explore: 1,
    most: { evals },
    macros,
  });

async function tasksOf(part: Part, split: Family['split']): Promise<readonly Task[]> {
  return (await FAMILIES[part](split)).map((family) => taskOf(family, seedOf(family.name)));
}

/** The best that entered the archive of each training search. */
async function programsOf(part: Part): Promise<readonly FoundProgram[]> {
  const { training } = PARTS[part];
  const found: FoundProgram[] = [];
  for (const task of await tasksOf(part, 'train'))
    for (let seed = 0; seed < training.searches; seed++) {
      const asked = { seed: `training ${seed}`, evals: training.evals, macros: [] };
      const { admitted } = await searched(task, asked);
      const best = [...admitted].sort((a, b) => b.score - a.score).slice(0, MOST_PROGRAMS);
      for (const { text } of best) {
        const program = decodeForest(text, task.vocabulary);
        found.push({ task: task.name, search: `${task.name} ${seed}`, program });
      }
    }
  return found;
}

async function run(part: Part): Promise<Answer> {
  const programs = await programsOf(part);
  const bare = bareImprover('numbers');
  const chosen = minedMacros(bare, programs, { most: MOST_MACROS });
  const improver = chosen.length === 0 ? bare : withMacrosAdded(bare, chosen, null);
  const mined = macrosOf(improver);
  const rows: Row[] = [];
  const heldOut = await tasksOf(part, 'held-out');
  const inputs = [...(await tasksOf(part, 'train')), ...heldOut].map(
    ({ vocabulary }) => vocabulary.slots[0]?.inputs ?? [],
  );
  const common = inputs.reduce((so, own) => so.filter((one) => own.includes(one)));
  const forests = programs.map(({ program }) => program);
  for (const task of heldOut)
    for (const seed of SEEDS) {
      const rng = publicRoot(`random subtrees ${seed}`).stream(0, task.name);
      const lines: Readonly<Record<Line, readonly Macro[]>> = {
        none: [],
        mined,
        'random subtrees': randomSubtrees(mined, forests, { common, rng }),
      };
      for (const [line, macros] of Object.entries(lines) as [Line, readonly Macro[]][]) {
        const asked = { seed: `held-out ${seed}`, evals: PARTS[part].evals, macros };
        const { best, origin } = await searched(task, asked);
        rows.push({ line, task: task.name, seed, cost: -best, start: -origin });
      }
    }
  const words = vocabularyGraph(improver).map(({ expanded, mined: from }) => ({
    text: expanded,
    saving: from?.saving ?? 0,
    tasks: from?.tasks ?? 0,
  }));
  return { rows, words, programs: programs.length };
}

console.log(JSON.stringify(await run(process.argv[2] as Part)));
