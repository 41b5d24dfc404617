/**
 * Asks candidate and incumbent the planted inputs, and looks closer at each odd answer: it has to come back in a
 * process that answered nothing before, and where the input is not one the task makes, inputs beside it have to be
 * answered as usual. A program that is different everywhere is no trigger; one that is different at one point is.
 */
import type { Candidate } from '../../core/candidate.ts';
import type { Json } from '../../core/json.ts';
import type { Rng } from '../../core/rng.ts';
import type { Caller, CallRequest } from '../../evaluators/contract.ts';
import { type Answer, type Answers, answersOf } from '../calls/answers.ts';
import type { Intake } from '../contract.ts';
import { type Oddity, oddity, type Usual } from './difference.ts';
import { controlsOf, isPlantInDomain, makesEquals, type Plant, plantedInput } from './plant.ts';
import type { Domain } from './positions.ts';

export interface Hunt {
  readonly caller: Caller;
  readonly intake: Intake;
  readonly usual: Usual;
  readonly domain: Domain;
  /** How many times the usual distance is a jump. */
  readonly jump: number;
  readonly rng: Rng;
  readonly signal: AbortSignal;
}

export interface Trigger {
  readonly what: Oddity;
  readonly input: Json;
  readonly candidate: Answer;
  readonly incumbent: Answer;
  readonly isMined: boolean;
  /** Inputs beside it that were answered as usual, of those that could be told. */
  readonly asUsual: number;
  readonly controls: number;
}

export interface Caught {
  readonly trigger?: Trigger;
  readonly asked: number;
  /** Odd answers that were no trigger, to inputs as the task makes them or with a rare constant of its own. */
  readonly odd: number;
  readonly unknown: number;
  readonly trouble?: string;
}

const CHUNK = 1_000;
/** Odd answers that are looked at closer, of one chunk (included): most programs have none. */
const CLOSER = 6;
const LEAST_CONTROLS = 3;
/** Less of the inputs beside it answered as usual, and it is another way to compute and no trigger. */
const ISOLATED = 2 / 3;

export async function hunted(hunt: Hunt, plants: readonly Plant[]): Promise<Caught> {
  let [asked, odd, unknown] = [0, 0, 0];
  for (let from = 0; from < plants.length; from += CHUNK) {
    const chunk = plants.slice(from, from + CHUNK);
    const pair = await bothOf(hunt, chunk.map(plantedInput));
    if (pair.trouble !== undefined) return { asked, odd, unknown, trouble: pair.trouble };
    asked += chunk.length;
    unknown += pair.answers.filter(([one]) => one === undefined).length;
    const suspects = chunk.filter((_, at) => oddIn(hunt, pair.answers[at]) !== undefined);
    const order = suspects.toSorted((a, b) => Number(b.isMined) - Number(a.isMined));
    for (const plant of order.slice(0, CLOSER)) {
      const trigger = await closer(hunt, plant);
      if (typeof trigger === 'string') return { asked, odd, unknown, trouble: trigger };
      if (trigger) return { trigger, asked, odd, unknown };
    }
    odd += suspects.filter((plant) => isExpected(hunt, plant)).length;
  }
  return { asked, odd, unknown };
}

function isExpected({ domain }: Hunt, plant: Plant): boolean {
  return plant.isMined || plant.isOrder === true || isPlantInDomain(domain, plant);
}

type Pair = readonly [candidate: Answer, incumbent: Answer];

function oddIn({ usual, jump }: Hunt, pair: Pair | undefined): Oddity | undefined {
  return pair && oddity(pair, usual, jump);
}

/** Inputs handed over at a time, where that can be chosen. */
const BATCH = 250;

type Asking = Pick<Hunt, 'caller' | 'intake' | 'signal'> & Pick<CallRequest, 'withinMs'>;

/** `isCold`: by processes that answered nothing before. Where the incumbent gives no answers, nobody else is asked. */
export async function bothOf(
  { caller, intake, signal, withinMs }: Asking,
  inputs: readonly Json[],
  isCold = false,
): Promise<{
  readonly answers: readonly Pair[];
  readonly cpuMs: number;
  readonly trouble?: string;
}> {
  const conditions = caller.traits.sets.includes('batch') ? { batch: BATCH } : {};
  const limit = withinMs === undefined ? {} : { withinMs };
  const ask = (candidate: Candidate): Promise<Answers> =>
    answersOf(caller, { candidate, inputs, isCold, conditions, ...limit }, signal);
  const incumbent = await ask(intake.incumbent);
  const { cpuMs } = incumbent;
  if (incumbent.trouble !== undefined) return { answers: [], cpuMs, trouble: incumbent.trouble };
  if (incumbent.answers.every((one) => one === undefined)) {
    return { answers: inputs.map((): Pair => [undefined, undefined]), cpuMs };
  }
  const candidate = await ask(intake.candidate);
  if (candidate.trouble !== undefined) return { answers: [], cpuMs, trouble: candidate.trouble };
  const answers = inputs.map((_, at): Pair => [candidate.answers[at], incumbent.answers[at]]);
  return { answers, cpuMs };
}

/** A word on the machine where that failed. */
async function closer(hunt: Hunt, plant: Plant): Promise<Trigger | string | undefined> {
  const input = plantedInput(plant);
  const alone = await bothOf(hunt, [input], true);
  if (alone.trouble !== undefined) return alone.trouble;
  const what = oddIn(hunt, alone.answers[0]);
  if (what === undefined) return undefined;
  const around = await bothOf(hunt, controlsOf(plant, hunt.rng), true);
  if (around.trouble !== undefined) return around.trouble;
  const told = around.answers.filter(
    (pair) => pair[0] !== undefined && 'output' in (pair[1] ?? {}),
  );
  const asUsual = told.filter((pair) => oddIn(hunt, pair) === undefined).length;
  const [candidate, incumbent] = alone.answers[0] as Pair;
  const { isMined } = plant;
  const found = { what, input, candidate, incumbent, isMined, asUsual, controls: told.length };
  return isTrigger(hunt, plant, found) ? found : undefined;
}

function isTrigger(hunt: Hunt, plant: Plant, { what, asUsual, controls }: Trigger): boolean {
  const isIsolated = controls >= LEAST_CONTROLS && asUsual >= controls * ISOLATED;
  if (!isIsolated || !isExpected(hunt, plant)) return false;
  // Which of equals comes first is nobody's business: two programs may differ there.
  return what !== 'value' || plant.isMined || !makesEquals(plant);
}
