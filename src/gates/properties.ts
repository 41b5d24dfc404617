/**
 * Properties of a task, declared and derived, tried on candidates: inputs and judgement in a process that
 * never sees a candidate, outputs from a jail that sees nothing else.
 *
 * What the origin itself breaks is refused: at the opening, on inputs of their own, and whenever a candidate
 * fails, on the very inputs it failed on. Nothing is promoted on properties that contradict the origin.
 */
import type { Candidate } from '../core/candidate.ts';
import { PacelineError } from '../core/errors.ts';
import type { Hash } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import type { Properties } from './contract.ts';
import { Declared, described } from './properties/declared.ts';
import { type Derived, derive } from './properties/derived.ts';
import {
  type Answered,
  type Parts,
  type PropertiesOptions,
  sourceOf,
} from './properties/source.ts';
import { type Batch, type Outputs, Subject, type Tally } from './properties/subject.ts';
import { ChecksTalk } from './properties/talk.ts';
import { Tried } from './properties/tried.ts';

/** One line of `paceline checks`. */
export interface ListedProperty {
  readonly name: string;
  readonly from: 'declared' | 'derived';
  readonly says: string;
  /** On the origin. */
  readonly tried: number;
  readonly held: number;
  /** A candidate that breaks it. */
  readonly rejects: boolean;
  /** Not rejected, raises suspicion. Neither: it is looked at once it is confirmed. */
  readonly suspects: boolean;
}

export interface OpenedProperties extends Properties {
  readonly listed: readonly ListedProperty[];
  readonly impossibleNames: readonly string[];
}

/** Inputs at the opening: what the origin shows and does not break. */
const OPENING = 256;
const OPENING_SEED = 1;
/** Share of the origin's outputs without which its inputs are no inputs. */
const LEAST_ANSWERED = 0.5;

/**
 * Undefined where there is nothing to look at.
 * @throws PacelineError CONFIG_INVALID for a module that does not load, declares nothing, throws or hangs,
 *   and for properties that the origin breaks.
 */
export async function openProperties(
  options: PropertiesOptions,
  signal: AbortSignal,
): Promise<OpenedProperties | undefined> {
  const talk = options.checks && new ChecksTalk(options.checks);
  try {
    const is = talk && (await described(talk, signal));
    const declared = talk && is && new Declared(is, talk);
    const source = sourceOf(options, declared);
    if (source === undefined) {
      if (declared !== undefined) throw noInputs(declared);
      return undefined;
    }
    return await opened({ options, declared, source }, signal);
  } catch (error) {
    await talk?.close();
    throw error;
  }
}

function noInputs({ talk }: Declared): PacelineError {
  return talk.refuse('the module', 'exports no inputs(fc), and this task has none of its own');
}

async function opened(parts: Parts, signal: AbortSignal): Promise<OpenedProperties> {
  const { options, declared, source } = parts;
  const { caller, origin: candidate } = options;
  const origin = new Subject(candidate, { caller, signal, batch: 32 });
  const inputs = await source(OPENING_SEED, OPENING, signal);
  const { shown } = options;
  const seen = await once(shown?.answered, candidate.id, () => answered(origin, inputs));
  const { outputs } = seen;
  const { callMs = seen.perCase.cpuMs } = options.cost ?? {};
  const perCase = { ...seen.perCase, cpuMs: callMs };
  refuseSilent(outputs, declared);
  const batch: Batch = { seed: OPENING_SEED, inputs, outputs };
  const tallies = await declared?.judge(batch, origin, { origin, references: outputs, signal });
  for (const tally of tallies ?? []) declared?.refuseOrigin(tally);
  const priced = { ...options, callMs };
  const derived = await once(shown?.derived, candidate.id, () => derive(batch, origin, priced));
  const tried = new Tried(parts, derived, perCase);
  return {
    names: [
      ...(declared?.names ?? []),
      ...derived.evidence.map(({ name }) => name).filter((name) => derived.rejects(name)),
    ],
    cost: options.cost ?? tried.cost,
    listed: listedOf(declared, tallies ?? [], derived),
    impossibleNames: declared?.is.impossible.map(({ name }) => name) ?? [],
    check: (request, until) => tried.check(request, until),
    inputs: ({ seed, count }, until) => tried.inputs(seed, count, until),
    ...(declared && declared.is.impossible.length > 0
      ? { impossible: (of: Candidate, until: AbortSignal) => tried.impossible(of, until) }
      : {}),
    close: async () => declared?.talk.close(),
  };
}

async function answered(origin: Subject, inputs: readonly Json[]): Promise<Answered> {
  const outputs = await origin.outputs(inputs);
  const per = (whole: number): number => whole / Math.max(1, inputs.length);
  const bytes = JSON.stringify([inputs, outputs]).length;
  return { outputs, perCase: { cpuMs: per(origin.cpuMs), bytes: per(bytes) } };
}

/** What went wrong is asked again. */
function once<T>(
  known: Map<Hash, Promise<T>> | undefined,
  id: Hash,
  make: () => Promise<T>,
): Promise<T> {
  const found = known?.get(id) ?? make();
  known?.set(id, found);
  found.catch(() => known?.delete(id));
  return found;
}

function refuseSilent(outputs: Outputs, declared: Declared | undefined): void {
  const answered = outputs.filter((one) => 'output' in one).length;
  if (answered >= LEAST_ANSWERED * outputs.length) return;
  const failed = outputs.find((one) => 'failed' in one);
  const why = failed && 'failed' in failed ? failed.failed : '';
  const what = `gives inputs of which the origin answers ${answered} of ${outputs.length} (${why})`;
  if (declared !== undefined) throw declared.talk.refuse('inputs', what);
  throw new PacelineError(
    'CONFIG_INVALID',
    `The task ${what}: no properties can be derived from them. Mend safety.calls, or declare inputs in safety.checks.`,
  );
}

function listedOf(
  declared: Declared | undefined,
  tallies: readonly Tally[],
  derived: Derived,
): readonly ListedProperty[] {
  const own = tallies.map(({ name, tried, failed }) => ({
    name,
    from: 'declared' as const,
    says: declared?.words(name) ?? name,
    tried,
    held: tried - failed,
    rejects: true,
    suspects: false,
  }));
  const found = derived.evidence.map((one) => ({
    ...one,
    from: 'derived' as const,
    rejects: derived.rejects(one.name),
    suspects: derived.suspects(one.name),
  }));
  return [...own, ...found];
}
