/**
 * How far properties can be relied on: of small faults planted in a program of ours, how many they notice
 * (DeMillo, Lipton & Sayward 1978). A mutant is parsed and printed here and run in its jail like any candidate.
 *
 * One that survives may be the same program in other words: of 2,000 survivors 45 % were (Schuler & Zeller,
 * STVR 23, 2013), and nobody can tell in general. The rate that decides leaves out those that gave the
 * program's output on every input tried, thousands for each; both rates are told, and where such mutants are
 * more than 40 % of all the inputs are taken to be too narrow to tell.
 */
import { orient } from '../claims/orient.ts';
import type { Candidate } from '../core/candidate.ts';
import { sha256 } from '../core/hash.ts';
import type { Rng } from '../core/rng.ts';
import type { CaseResult } from '../evaluators/contract.ts';
import { mean, sampleSd } from '../stats/summary.ts';
import { wilson } from '../stats/wilson.ts';
import type { MutantOf, Properties, Tier, Tools } from './contract.ts';

/** Share of mutants below which properties verify nothing (safety.md C9). */
export const ADEQUATE = 0.8;

/** Of all mutants, whatever their outputs. */
const LEAST_OF_ALL = 0.6;

const MUTANTS: Readonly<Record<Tier, number>> = { floor: 40, deep: 120 };
/** Inputs that a mutant is tried on: a fault that shows on one in a hundred is found with 95 %. */
const CASES = 300;
/** Before it is said that nothing told a mutant from the program. */
const MORE_CASES = 3000;
/** Secret cases of the evaluator, for those that no property notices. */
const SCORED = 8;
/** For all mutants, by the clock: an audit gives a check a minute. */
const MOST_MS = 45_000;
/** A mutant that takes ten times as long as the program has no end. */
const PATIENCE = 10;
const LEAST_PATIENCE_MS = 3000;

export interface Survivor {
  readonly what: string;
  /** Inputs on which its output was another. 0: survived or equivalent, nobody can say. */
  readonly differs: number;
}

export interface Adequacy {
  /** That were tried, drawn from all. */
  readonly mutants: number;
  /** Drawn, and left when the time was over. */
  readonly untried: number;
  readonly killed: number;
  /** By what: a property that failed, no end, a worse score. */
  readonly by: { readonly properties: number; readonly time: number; readonly score: number };
  /** Of `killed` among those whose output differed, 95 % (Wilson). */
  readonly interval: readonly [number, number];
  readonly survivors: readonly Survivor[];
  /** Inputs for each mutant. */
  readonly cases: number;
  readonly seed: number;
}

/** Of those that showed another output, and of all. */
export function killRates({ mutants, killed, survivors }: Adequacy): {
  readonly differing: number;
  readonly all: number;
} {
  const differing = killed + survivors.filter(({ differs }) => differs > 0).length;
  return {
    differing: differing === 0 ? 0 : killed / differing,
    all: killed / Math.max(1, mutants),
  };
}

/** Whether any fault could be planted at all. */
export function hasMutants({ mutants, untried }: Adequacy): boolean {
  return mutants + untried > 0;
}

export function isAdequate(adequacy: Adequacy): boolean {
  const { differing, all } = killRates(adequacy);
  return differing >= ADEQUATE && all >= LEAST_OF_ALL;
}

/** Measured once for the same properties and program: it says nothing about any candidate. */
const known = new WeakMap<Properties, Map<string, Promise<Adequacy>>>();

interface Asked {
  readonly program: Candidate;
  readonly tier: Tier;
  /** By the clock; what is left then is said. Default 45 s. */
  readonly mostMs?: number;
}

/** Undefined where nobody makes mutants or there are no properties. */
export async function adequacyOf(
  tools: Planting,
  { program, tier, mostMs = MOST_MS }: Asked,
  signal: AbortSignal,
): Promise<Adequacy | undefined> {
  const { properties, mutants } = tools;
  if (properties === undefined || mutants === undefined) return undefined;
  const all = known.get(properties) ?? new Map<string, Promise<Adequacy>>();
  known.set(properties, all);
  const key = `${tier} ${program.id}`;
  const job = { tools, properties, program, mutants, mostMs };
  const found = all.get(key) ?? measured(job, tier, signal);
  all.set(key, found);
  // What was broken off is measured again.
  found.catch(() => all.delete(key));
  return found;
}

type Planting = Pick<Tools, 'properties' | 'mutants' | 'secrets' | 'clock'> &
  Partial<Pick<Tools, 'declaration' | 'measure'>>;

interface Job {
  readonly tools: Planting;
  readonly properties: Properties;
  readonly program: Candidate;
  readonly mutants: NonNullable<Tools['mutants']>;
  readonly mostMs: number;
}

async function measured(job: Job, tier: Tier, signal: AbortSignal): Promise<Adequacy> {
  const { tools, program, mutants, mostMs } = job;
  const over = AbortSignal.timeout(Math.ceil(mostMs));
  const rng = tools.secrets.stream(-1, `C9\nmutants\n${program.id}`);
  const chosen = sampled(mutants(program), MUTANTS[tier], rng);
  const seed = rng.u32();
  const patienceMs = await patience(job, seed, signal);
  const by = { properties: 0, time: 0, score: 0 };
  const survivors: Survivor[] = [];
  let tried = 0;
  for (const mutant of chosen) {
    const end = await ending(job, mutant, { seed, patienceMs, signal, over });
    if (end === undefined) break;
    tried++;
    if (typeof end === 'string') by[end]++;
    else survivors.push(end);
  }
  const killed = tried - survivors.length;
  const alike = survivors.filter(({ differs }) => differs === 0).length;
  const interval = wilson(killed, tried - alike);
  const untried = chosen.length - tried;
  return { mutants: tried, untried, killed, by, interval, survivors, cases: CASES, seed };
}

/** Of a mutant, by what the program itself takes now. */
async function patience({ tools, properties, program }: Job, seed: number, signal: AbortSignal) {
  const before = tools.clock.monotonicMs();
  await properties.check({ candidate: program, seed, cases: CASES, isQuick: true }, signal);
  const tookMs = tools.clock.monotonicMs() - before;
  return Math.ceil(Math.max(LEAST_PATIENCE_MS, PATIENCE * tookMs));
}

function sampled(all: readonly MutantOf[], most: number, rng: Rng): readonly MutantOf[] {
  const left = [...all];
  for (let i = left.length - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    [left[i], left[j]] = [left[j] as MutantOf, left[i] as MutantOf];
  }
  return left.slice(0, most);
}

interface Trying {
  readonly seed: number;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  /** When the time of all of them is over. */
  readonly over: AbortSignal;
  /** With more patience than at first. */
  readonly isAgain?: boolean;
}

/** What killed it, or that it survived; undefined: the time was over before it was known. */
async function ending(
  job: Job,
  mutant: MutantOf,
  { seed, patienceMs, signal, over, isAgain = false }: Trying,
): Promise<keyof Adequacy['by'] | Survivor | undefined> {
  if (over.aborted) return undefined;
  const { tools, properties, program } = job;
  const { text, what } = mutant;
  const candidate = { id: sha256(text), text };
  const timely = AbortSignal.any([signal, over]);
  const late = AbortSignal.timeout(patienceMs);
  try {
    const until = AbortSignal.any([timely, late]);
    const request = { candidate, seed, cases: CASES, isQuick: true };
    const report = await properties.check(request, until);
    if (report.failures.length > 0) return 'properties';
    if (await hasWorseScore(tools, { candidate, program, seed }, timely)) return 'score';
    if (report.differs) return { what, differs: report.differs };
    const more = { ...request, seed: (seed + 1) >>> 0, cases: MORE_CASES };
    const again = await properties.check(more, timely);
    return again.failures.length > 0 ? 'properties' : { what, differs: again.differs ?? 0 };
  } catch (error) {
    signal.throwIfAborted();
    if (over.aborted) return undefined;
    if (!late.aborted) throw error;
    // On a machine that has become busy the program takes as long: that is no fault of the mutant's.
    const nowMs = isAgain ? 0 : await patience(job, seed, signal);
    if (nowMs <= patienceMs) return 'time';
    return ending(job, mutant, { seed, patienceMs: nowMs, signal, over, isAgain: true });
  }
}

interface Compared {
  readonly candidate: Candidate;
  readonly program: Candidate;
  readonly seed: number;
}

/** Standard errors by which a mean difference is no accident. */
const CLEARLY = 3;

/** Secret functional cases, where there is a score that is no time. */
async function hasWorseScore(
  { declaration, measure, secrets }: Planting,
  { candidate, program, seed }: Compared,
  signal: AbortSignal,
): Promise<boolean> {
  if (declaration === undefined || measure === undefined || declaration.isTimed) return false;
  const { goal, isExact } = declaration;
  const count = isExact ? 1 : SCORED;
  const cases = Array.from({ length: count }, (_, i) => secrets.stream(seed, 'C9\ncases', i).u32());
  const both = [candidate, program].map((one) => ({ candidate: one, cases }));
  const [ours, theirs] = await measure(both, signal);
  const differences: number[] = [];
  for (let i = 0; i < count; i++) {
    const [our, their] = [ours?.cases[i], theirs?.cases[i]];
    if (their?.outcome !== 'scored' || our === undefined || isMachine(our)) continue;
    if (our.outcome !== 'scored') return true;
    differences.push(orient({ goal }, our.value) - orient({ goal }, their.value));
  }
  if (differences.length === 0) return false;
  const sd = differences.length < 2 ? 0 : sampleSd(differences);
  return mean(differences) + (CLEARLY * sd) / Math.sqrt(differences.length) < 0;
}

function isMachine({ outcome }: CaseResult): boolean {
  return outcome === 'infra-error';
}

/** One sentence without its full stop. */
export function adequacyWords(adequacy: Adequacy): string {
  const { mutants, untried, killed, interval, survivors } = adequacy;
  const alike = survivors.filter(({ differs }) => differs === 0).length;
  const [lower, upper] = interval.map((one) => `${(100 * one).toFixed(0)} %`);
  const rest =
    alike === 0
      ? ''
      : `; ${alike} more of ${mutants} survived or are equivalent: no input told them apart`;
  const left = untried === 0 ? '' : `; for ${untried} more of those drawn there was no time`;
  return `${killed} of ${mutants - alike} planted faults that show were noticed (95 %: ${lower} to ${upper})${rest}${left}`;
}
