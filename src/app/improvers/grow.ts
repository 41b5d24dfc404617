/**
 * A lineage of solvers, each made of its parent's solutions, promoted one by one (design §5): a gate on training
 * tasks it did not learn from, a claim against its parent on fresh tasks, a mechanism with its ablation, and an
 * audit before the next may follow. What was rejected is kept beside what was promoted.
 */
import { publicRoot } from '../../core/rng.ts';
import type { Improver } from '../../improver/artifact.ts';
import { IMPROVER_SCHEMA, improverId } from '../../improver/artifact.ts';
import { COSTS, mechanismOf, scored } from '../../improver/mechanism.ts';
import { NET_PART, netMechanism } from '../../improver/net-gate.ts';
import { decideGeneration } from '../../improver/promotion.ts';
import type { SearchBudget } from '../../improver/recursion/readings.ts';
import { partsOf, solverOf } from '../../improver/solver.ts';
import { ablated } from '../../synthesis/ablation.ts';
import type { Searched } from '../../synthesis/enumerate.ts';
import { type Slept, type Solver, sleep } from '../../synthesis/generation.ts';
import type { Term } from '../../synthesis/language.ts';
import { mixed } from '../../synthesis/mix.ts';
import type { Net } from '../../synthesis/net/net.ts';
import { type Dream, dreamsOf } from '../../synthesis/net/samples.ts';
import { ABSTRACTIONS } from '../recursion/lines.ts';
import {
  effortOf,
  type Ground,
  logsToSolve,
  type Pass,
  pass,
  trainingSolutions,
} from '../recursion/pass.ts';
import {
  type GenerationClaim,
  type GenerationRecord,
  generationRecord,
  writeGeneration,
} from './generation-record.ts';
import { type KeptImprover, keepImprover, kept } from './store.ts';
import { type NetTrial, soloEffort, trainedNet } from './trained-net.ts';
import { TRAINING_SLOT, type Training } from './training.ts';

export interface Growing {
  readonly root: string;
  readonly from: KeptImprover;
  readonly ground: Ground;
  /** Training tasks that no generation learns from. */
  readonly validation: readonly number[];
  readonly training: Training;
  readonly budget: SearchBudget;
  readonly generations: number;
  /** Of the start's grammar in every one that is learned; 0: none. */
  readonly share: number;
  /** Is the first better than the second on fresh tasks? Each call draws others. */
  readonly claim: (first: KeptImprover, second: KeptImprover) => Promise<GenerationClaim>;
  readonly say: (grown: Grown) => void;
  /** Between two searches: a chance to be stopped. */
  readonly pause: () => Promise<void>;
}

export interface Grown extends KeptImprover {
  readonly record: GenerationRecord;
}

/** Abstractions of the attempts: as many as the method has, fewer, none but costs. */
const ATTEMPTS = [ABSTRACTIONS, ABSTRACTIONS / 2, 0];

interface Stand {
  readonly kept: KeptImprover;
  readonly solver: Solver;
  /** Its own search. */
  readonly found: Pass;
  readonly solutions: ReadonlyMap<number, Term>;
}

/** All that was tried, in order. Ends early where no attempt at the next generation is promoted. */
export async function growLineage(growing: Growing): Promise<readonly Grown[]> {
  const { from, ground, generations } = growing;
  const solver = solverOf(from.improver);
  const start = { language: solver.language, grammar: solver.grammar };
  const tried: Grown[] = [];
  let stand = standing(growing, {
    kept: from,
    solver,
    found: pass(ground, solver),
    solutions: new Map(),
  });
  for (let step = 0; step < generations; step++) {
    const next = await nextGeneration(growing, { stand, start, tried });
    if (next === undefined) break;
    stand = next;
  }
  return tried;
}

const standing = ({ ground }: Growing, stand: Stand): Stand => ({
  ...stand,
  solutions: new Map([...stand.solutions, ...trainingSolutions(ground, stand.found)]),
});

interface At {
  readonly stand: Stand;
  readonly start: Pick<Solver, 'language' | 'grammar'>;
  readonly tried: Grown[];
}

async function nextGeneration(growing: Growing, at: At): Promise<Stand | undefined> {
  const { stand, start, tried } = at;
  for (const abstractions of ATTEMPTS) {
    await growing.pause();
    const slept = sleep(stand.solver, stand.solutions, {
      abstractions,
      refit: (language, learned) =>
        growing.share === 0 ? learned : mixed(language, learned, { start, share: growing.share }),
    });
    const { found, net } = searchedAndTrained(growing, slept);
    const improver = improverOf(growing, { stand, slept, found, net });
    // Where fewer patterns pay than were allowed, the attempt with fewer is the same one.
    if (tried.some(({ id }) => id === improverId(improver))) continue;
    const attempt = kept(improver);
    const one = await judged(growing, { stand, slept, found, net, kept: attempt });
    tried.push(one);
    growing.say(one);
    if (one.record.verdict === 'promoted')
      return standing(growing, {
        kept: attempt,
        solver: slept.solver,
        found,
        solutions: slept.solutions,
      });
  }
  return undefined;
}

interface Attempt {
  readonly stand: Stand;
  readonly slept: Slept;
  readonly found: Pass;
  readonly net: NetTrial | undefined;
  readonly kept: KeptImprover;
}

/** Half of the judging tasks decide on the net, the others are for its ablation. */
const half = (validation: readonly number[], which: 0 | 1): readonly number[] =>
  validation.filter((_, at) => at % 2 === which);

function searchedAndTrained(
  { ground, validation, training }: Growing,
  { solver, solutions }: Slept,
): Pick<Attempt, 'found' | 'net'> {
  const rng = publicRoot(`net ${training.seed}`).stream(solver.generation, 'net');
  let dreams: readonly Dream[] = [];
  const onSearched = (searched: Searched): void => {
    dreams = dreamsOf(searched, rng.fork('dreams'));
  };
  const found = pass({ ...ground, onSearched }, solver);
  const net = trainedNet(ground, {
    solver,
    dreams,
    solutions: new Map([...solutions, ...trainingSolutions(ground, found)]),
    judging: half(validation, 0),
    rng: rng.fork('learn'),
  });
  return { found, net };
}

function improverOf(
  { training }: Growing,
  { stand, slept, found, net }: Omit<Attempt, 'kept'>,
): Improver {
  const { kept, solver } = stand;
  const { domain, library, slots, ...inherited } = kept.improver;
  const mined = new Map([
    ...library.map((one) => [one.name, one.mined] as const),
    ...slept.added.map(
      ({ primitive, from: { saving, uses, tasks } }) =>
        [primitive.name, { saving, uses, tasks }] as const,
    ),
  ]);
  const mechanisms = [
    mechanismOf(slept.solver, {
      from: solver.language.primitives.length,
      solutions: [...slept.solutions.values()],
      searched: found.searched,
      before: { solver, searched: stand.found.searched },
    }),
    net && netMechanism(net.decision),
  ].flatMap((one) => one ?? []);
  const [mechanism] = mechanisms.sort((a, b) => b.size - a.size);
  return {
    ...inherited,
    schema: IMPROVER_SCHEMA,
    generation: slept.solver.generation,
    parent: kept.id,
    domain,
    slots: { ...slots, [TRAINING_SLOT]: training },
    ...partsOf(slept.solver, mined),
    net: net?.stored ?? null,
    mechanism: mechanism ?? null,
  };
}

/**
 * Judged and kept: the record first, so that an attempt which is broken off leaves no generation of which nobody
 * knows what was decided.
 */
async function judged(growing: Growing, attempt: Attempt): Promise<Grown> {
  const { root } = growing;
  const { id, improver } = attempt.kept;
  // What was decided stays decided: another try with other seeds would be another chance.
  const before = generationRecord(root, id);
  const record = before ?? (await decided(growing, attempt));
  if (before === undefined) writeGeneration(root, record);
  return { ...keepImprover(root, improver), record };
}

/** Gate, claim, ablation, audit: each only where the one before let it through. */
async function decided(growing: Growing, attempt: Attempt): Promise<GenerationRecord> {
  const { stand, found, kept, net } = attempt;
  const validation: [number, number] = [
    validationEffort(growing, stand.found),
    validationEffort(growing, found),
  ];
  const isSlower = validation[1] > validation[0];
  const claim = isSlower ? undefined : await growing.claim(kept, stand.kept);
  const decision = decideGeneration({ validation, ...(claim ? { claim: claim.verdict } : {}) });
  const isPromoted = decision.verdict === 'promoted';
  const mechanism = isPromoted ? ablation(growing, attempt, validation) : undefined;
  const audit = isPromoted ? await growing.claim(kept, stand.kept) : undefined;
  return {
    schema: 'paceline/generation/1',
    id: kept.id,
    generation: kept.improver.generation,
    ...decision,
    ...withdrawnBy(audit),
    validation,
    ...(claim ? { claim } : {}),
    ...(mechanism ? { mechanism } : {}),
    ...(net ? { net: { ...net.decision, cpuMs: Math.round(net.cpuMs) } } : {}),
    ...(audit ? { audit } : {}),
  };
}

/** A gain that other fresh tasks do not show again may have been luck. */
function withdrawnBy(
  audit: GenerationClaim | undefined,
): Partial<Pick<GenerationRecord, 'verdict' | 'why'>> {
  if (audit === undefined || audit.verdict === 'helped') return {};
  return {
    verdict: 'withdrawn',
    why: 'Its audit, on other fresh tasks, did not show again that it beats its parent.',
  };
}

/** The part it is said to be better by is taken out, and the same tasks are searched again. */
function ablation(
  growing: Growing,
  { slept, kept, net }: Attempt,
  [before, now]: readonly [number, number],
) {
  const { mechanism } = kept.improver;
  const [name] = mechanism?.without ?? [];
  if (mechanism === null || name === undefined) return undefined;
  if (name === NET_PART && net?.net)
    return scored(mechanism, withoutNet(growing, { ...slept.solver, net: net.net }));
  // Without its costs it is its parent, whose search of these tasks is there.
  const without = name === COSTS ? before : withoutAbstraction(growing, slept.solver, name);
  return scored(mechanism, Math.log(without / Math.max(1, now)));
}

function withoutAbstraction(growing: Growing, solver: Solver, name: string): number {
  const { language, grammar } = ablated(solver, solver.language.index.get(name) as number);
  return validationEffort(
    growing,
    pass(growing.ground, { generation: solver.generation, language, grammar }),
  );
}

/** Logarithm of how many times as many candidates the tasks take alone that did not decide on the net. */
function withoutNet(
  { ground, validation }: Growing,
  solver: Solver & { readonly net: Net },
): number {
  const { net: _, ...plain } = solver;
  const logs = half(validation, 1).map((task) =>
    Math.log(soloEffort(ground, plain, task) / soloEffort(ground, solver, task)),
  );
  return logs.reduce((sum, log) => sum + log, 0) / Math.max(1, logs.length);
}

/** On the validation fold; what is unsolved counts with the whole budget, so that no search gains by ending early. */
function validationEffort({ validation, budget }: Growing, found: Pass): number {
  const most = budget.unit === 'candidates' ? budget.amount : found.searched.candidates;
  return effortOf(logsToSolve(validation, found, most));
}
