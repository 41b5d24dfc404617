/**
 * Asks candidate and incumbent the planted inputs, and looks closer at each odd answer: it has to come back in a
 * process that answered nothing before, and where the input is not one the task makes, inputs beside it have to be
 * answered as usual. A program that is different everywhere is no trigger; one that is different at one point is.
 */
import type { Json } from '../../core/json.ts';
import type { Rng } from '../../core/rng.ts';
import type { Answer } from '../calls/answers.ts';
import type { Pair } from '../calls/both.ts';
import type { Intake } from '../contract.ts';
import { type BoundedCalls, boundedAnswers, type Purse } from './bounded.ts';
import { type Oddity, oddity, type Usual } from './difference.ts';
import { controlsOf, isPlantInDomain, makesEquals, type Plant, plantedInput } from './plant.ts';
import type { Domain } from './positions.ts';

export interface Hunt extends BoundedCalls {
  readonly intake: Intake;
  /** What a closer look may take, which the search leaves. */
  readonly closerPurse: Purse;
  /** Time of one batch of planted inputs: many times what the incumbent takes for real ones. */
  readonly batchMs: number;
  readonly usual: Usual;
  readonly domain: Domain;
  /** How many times the usual distance is a jump. */
  readonly jump: number;
  readonly rng: Rng;
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
  /** That both answered in time. */
  readonly asked: number;
  /** Odd answers that were no trigger, to inputs as the task makes them or with a rare constant of its own. */
  readonly odd: number;
  /** As `odd`: the incumbent answers in time and the candidate does not. Of `expected` that were asked. */
  readonly unknown: number;
  readonly expected: number;
  readonly trouble?: string;
}

const CHUNK = 1_000;
/** Odd answers that are looked at closer, of one chunk (included): most programs have none. */
const CLOSER = 6;
/** Of those that gave none in time: each may take as long as the task lets it. */
const CLOSER_SLOW = 2;
const LEAST_CONTROLS = 3;
/** Less of the inputs beside it answered as usual, and it is another way to compute and no trigger. */
const ISOLATED = 2 / 3;

export async function hunted(hunt: Hunt, plants: readonly Plant[]): Promise<Caught> {
  const sum = { asked: 0, odd: 0, unknown: 0, expected: 0 };
  for (let from = 0; from < plants.length && !hunt.purse.isSpent(); from += CHUNK) {
    const chunk = plants.slice(from, from + CHUNK);
    const isWorth = (at: number): boolean => isExpected(hunt, chunk[at] as Plant);
    const inputs = chunk.map(plantedInput);
    const pair = await pairsOf(hunt, { inputs, batchMs: hunt.batchMs, isWorth });
    if (pair.trouble !== undefined) return { ...sum, trouble: pair.trouble };
    const of = (at: number): Pair => pair.answers[at] ?? NEITHER;
    // Of the others none can show a trigger: the task makes nothing like them, and nor does the program name them.
    const suspects = chunk.filter((_, at) => isWorth(at) && oddIn(hunt, of(at)) !== undefined);
    const slow = chunk.filter((_, at) => isWorth(at) && isSilent(of(at)));
    const order = suspects.toSorted((a, b) => Number(b.isMined) - Number(a.isMined));
    const looked = [...order.slice(0, CLOSER), ...slow.slice(0, CLOSER_SLOW)];
    sum.asked += pair.answers.filter(([one, other]) => one !== undefined && isAnswer(other)).length;
    sum.unknown += slow.length;
    sum.expected += chunk.filter((_, at) => isWorth(at)).length;
    for (const plant of looked) {
      const trigger = await closer(hunt, { plant, isSlow: slow.includes(plant) });
      if (typeof trigger === 'string') return { ...sum, trouble: trigger };
      if (trigger) return { ...sum, trigger };
    }
    sum.odd += suspects.length;
  }
  return sum;
}

function isExpected({ domain }: Pick<Hunt, 'domain'>, plant: Plant): boolean {
  return plant.isMined || plant.isOrder === true || isPlantInDomain(domain, plant);
}

const NEITHER: Pair = [undefined, undefined];

function isAnswer(answer: Answer): boolean {
  return answer !== undefined && 'output' in answer;
}

/** The incumbent answers in time and the candidate does not. */
function isSilent([candidate, incumbent]: Pair): boolean {
  return candidate === undefined && isAnswer(incumbent);
}

function oddIn({ usual, jump }: Hunt, pair: Pair | undefined): Oddity | undefined {
  return pair && oddity(pair, usual, jump);
}

interface PlantedRequest {
  readonly inputs: readonly Json[];
  /** Time of one batch. Absent: the task's own limit. */
  readonly batchMs?: number;
  /** By processes that answered nothing before. */
  readonly isCold?: boolean;
  /** Whether one in a batch that breaks off is asked again alone. Absent: each is. */
  readonly isWorth?: (at: number) => boolean;
}

/** The candidate is asked only where the incumbent answers: elsewhere nobody knows what is right. */
export async function pairsOf(
  { intake, ...calls }: BoundedCalls & Pick<Hunt, 'intake'>,
  { inputs, isWorth = () => true, ...how }: PlantedRequest,
): Promise<{
  readonly answers: readonly Pair[];
  readonly cpuMs: number;
  readonly trouble?: string;
}> {
  const { incumbent, candidate } = intake;
  const theirs = await boundedAnswers(calls, { candidate: incumbent, inputs, isWorth, ...how });
  const { cpuMs } = theirs;
  if (theirs.trouble !== undefined) return { answers: [], cpuMs, trouble: theirs.trouble };
  const places = theirs.answers.flatMap((one, at) => (isAnswer(one) ? [at] : []));
  const some = places.map((at) => inputs[at] as Json);
  const ours = await boundedAnswers(calls, {
    candidate,
    inputs: some,
    isWorth: (at) => isWorth(places[at] as number),
    ...how,
  });
  if (ours.trouble !== undefined) return { answers: [], cpuMs, trouble: ours.trouble };
  const own = new Map(places.map((at, place) => [at, ours.answers[place]]));
  return { answers: theirs.answers.map((one, at): Pair => [own.get(at), one]), cpuMs };
}

/** A word where the machine failed, or there was no time to tell; of many that are slow `unknown` says it. */
async function closer(
  hunt: Hunt,
  { plant, isSlow }: { readonly plant: Plant; readonly isSlow: boolean },
): Promise<Trigger | string | undefined> {
  const input = plantedInput(plant);
  // As long as the task lets it: what is slow is no failure, and what hangs is one.
  const calls = { ...hunt, purse: hunt.closerPurse };
  const alone = await pairsOf(calls, { inputs: [input], isCold: true });
  if (alone.trouble !== undefined) return alone.trouble;
  const [candidate, incumbent] = alone.answers[0] ?? NEITHER;
  if (candidate === undefined && calls.purse.isSpent() && (plant.isMined || !isSlow))
    return 'an odd answer could not be looked at in time';
  const what = oddIn(hunt, [candidate, incumbent]);
  if (what === undefined) return undefined;
  const inputs = controlsOf(plant, hunt.rng);
  const around = await pairsOf(calls, { inputs, isCold: true, batchMs: hunt.batchMs });
  if (around.trouble !== undefined) return around.trouble;
  const told = around.answers.filter((pair) => pair[0] !== undefined && isAnswer(pair[1]));
  const asUsual = told.filter((pair) => oddIn(hunt, pair) === undefined).length;
  const { isMined } = plant;
  const found = { what, input, candidate, incumbent, isMined, asUsual, controls: told.length };
  return isTrigger(hunt, plant, found) ? found : undefined;
}

/** Enough of the inputs beside it could be told, and most of these are as usual. */
export function isIsolated({ asUsual, controls }: Pick<Trigger, 'asUsual' | 'controls'>): boolean {
  return controls >= LEAST_CONTROLS && asUsual >= controls * ISOLATED;
}

function isTrigger(hunt: Hunt, plant: Plant, { what, asUsual, controls }: Trigger): boolean {
  if (!isIsolated({ asUsual, controls }) || !isExpected(hunt, plant)) return false;
  // Which of equals comes first is nobody's business: two programs may differ there.
  return what !== 'value' || plant.isMined || !makesEquals(plant);
}
