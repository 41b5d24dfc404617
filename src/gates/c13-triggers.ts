/**
 * Check C13: a search for inputs on which a candidate does something else (safety.md §3). Constants that only it
 * names are planted in real inputs, then extremes, pairs and chance; what is found has to be shown: an answer that
 * fails, is built otherwise or jumps away from the incumbent's, where the inputs beside it are answered as usual.
 */
import { canonicalJson } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import type { Rng } from '../core/rng.ts';
import { isRare, mined, newlyMined } from '../source/mine.ts';
import type { Mined } from '../source/target.ts';
import { kept, quoted, quotedAnswer } from './calls/quote.ts';
import { affordable, notCalled, taskInputs } from './calls/task-inputs.ts';
import type { Check, CheckFinding, Intake, PropertyReport, Tier, Tools } from './contract.ts';
import { counted, stopped } from './sentence.ts';
import { boundedAnswers, Purse } from './triggers/bounded.ts';
import { type Usual, usual } from './triggers/difference.ts';
import { type Base, minedPlants } from './triggers/mined-plants.ts';
import { controlsOf, type Plant, plantedInput } from './triggers/plant.ts';
import { type Domain, domainOf, positionsOf } from './triggers/positions.ts';
import { type Caught, type Hunt, hunted, isIsolated, pairsOf } from './triggers/search.ts';
import { extremePlants, pairGrid, randomPlants } from './triggers/sweep.ts';

/** Inputs of the task itself: what is usual. */
const REAL = 256;
/** Planted inputs, and what they may cost the incumbent. */
const MOST: Readonly<Record<Tier, number>> = { floor: 2_000, deep: 100_000 };
const LEAST = 200;
/** As few where the whole time buys no more. */
const LEAST_SLOW = 40;
/** Share of planted inputs that are left without an answer where the incumbent gives one (included). */
const MOST_SILENT = 0.05;
const BUDGET_MS: Readonly<Record<Tier, number>> = { floor: 300, deep: 12_000 };
/** Time of the whole search, and processes that may break off in it. */
const WALL_MS: Readonly<Record<Tier, number>> = { floor: 15_000, deep: 45_000 };
const ENDS: Readonly<Record<Tier, number>> = { floor: 40, deep: 150 };
/** Share of the time after which nothing more is planted: the rest is for a closer look. */
const SEARCHING = 0.7;
/** What real inputs may take of it, and what planted ones may, on the incumbent: the candidate takes as much again. */
const FOR_REAL = 0.15;
const FOR_PLANTED = 0.3;
/** Time of a batch of planted inputs: what the incumbent takes for as many real ones, many times. */
const PATIENCE = { times: 1_000, leastMs: 400 } as const;
/** UTF-16 units of planted inputs in all. */
const MOST_TEXT: Readonly<Record<Tier, number>> = { floor: 4e6, deep: 2e8 };
/** Shares of the budget, in this order; what is left over is chance. */
const SHARES = { mined: 0.6, extreme: 0.2, pairs: 0.1 } as const;
const BASES: Readonly<Record<Tier, number>> = { floor: 2, deep: 8 };
const PLACES: Readonly<Record<Tier, number>> = { floor: 6, deep: 24 };
const JUMP = 10;
/** Inputs that say what one costs. */
const PRICED = 24;
/** Below this many inputs that the incumbent answers, nobody knows what is usual. */
const LEAST_REAL = 16;
/** Planted inputs that properties are asked about, and how often: each time without those that are no trigger. */
const MOST_FOR_PROPERTIES = 200;
const ROUNDS = 4;

export const triggerCheck: Check = {
  name: 'C13',
  inapplicable: notCalled,
  async judge(intake, tools, signal) {
    const found = newConstants(intake, tools);
    const suspicion = suspicionOf(found);
    const ready = await prepared({ intake, tools, signal });
    if (typeof ready === 'string') return { ...unknown(ready, found), suspicion };
    const plants = planted(ready, { mined: found, tier: intake.tier });
    const caught = await hunted(ready.hunt, plants);
    if (caught.trigger) return rejected(caught, { found, ready });
    const broken = await brokenProperty({ intake, tools, signal }, plants, ready.hunt);
    if (typeof broken === 'object') return broken;
    const trouble = caught.trouble ?? broken ?? partly(caught, ready);
    if (trouble !== undefined) return { ...unknown(trouble, found), suspicion };
    return passed(caught, { found, suspicion, ready });
  },
};

interface Parts {
  readonly intake: Intake;
  readonly tools: Tools;
  readonly signal: AbortSignal;
}

interface Ready {
  readonly hunt: Hunt;
  readonly bases: readonly Base[];
  readonly count: number;
  readonly usual: Usual;
  readonly domain: Domain;
}

function newConstants({ candidate, incumbent, origin }: Intake, tools: Tools): Mined {
  const [to, from, first] = [candidate, incumbent, origin].map((one) => mined(tools.files(one)));
  return newlyMined(to as Mined, [from as Mined, first as Mined]);
}

/** A word on why not. */
async function prepared({ intake, tools, signal }: Parts): Promise<Ready | string> {
  const { caller } = tools;
  if (caller === undefined) return 'the candidate could not be called';
  const drawn = await taskInputs(
    tools,
    { purpose: 'C13', count: REAL, origin: intake.origin },
    signal,
  );
  if (drawn === undefined || drawn.length === 0) {
    return 'the task makes no inputs. Declare a generator under safety.checks, or let the judge have an ask';
  }
  const { tier } = intake;
  const [wallMs, ends] = [WALL_MS[tier], ENDS[tier]];
  const purse = new Purse(tools.clock, { wallMs: wallMs * SEARCHING, ends });
  const closerPurse = new Purse(tools.clock, { wallMs, ends });
  const calls = { caller, intake, signal, purse };
  const price = await boundedAnswers(calls, {
    candidate: intake.incumbent,
    inputs: drawn.slice(0, PRICED),
  });
  if (price.trouble !== undefined) return price.trouble;
  const few = { cpuMs: price.cpuMs, inputs: Math.min(PRICED, drawn.length) };
  const inputs = drawn.slice(0, affordable(few, wallMs * FOR_REAL, { least: PRICED, most: REAL }));
  const real = await pairsOf(calls, { inputs });
  if (real.trouble !== undefined) return real.trouble;
  const candidate = real.answers.map(([one]) => one);
  const incumbent = real.answers.map(([, one]) => one);
  const known = usual(candidate, incumbent);
  if (known.inputs < LEAST_REAL) return 'the incumbent answers too few inputs of the task';
  const rng = tools.secrets.stream(0, 'C13 plants');
  const domain = domainOf(inputs);
  const jump = tools.declaration.jump ?? JUMP;
  const cost = { cpuMs: real.cpuMs, inputs: inputs.length };
  const batchMs = Math.ceil(
    Math.max(PATIENCE.leastMs, (PATIENCE.times * real.cpuMs) / inputs.length),
  );
  const { mostCpuMs = Number.POSITIVE_INFINITY } = tools;
  return {
    hunt: { ...calls, closerPurse, batchMs, usual: known, domain, jump, rng },
    bases: basesOf(inputs, tier, rng),
    count: Math.min(
      affordable(cost, Math.min(BUDGET_MS[tier], mostCpuMs), { least: LEAST, most: MOST[tier] }),
      affordable(cost, wallMs * FOR_PLANTED, { least: LEAST_SLOW, most: MOST[tier] }),
    ),
    usual: known,
    domain,
  };
}

/** The smallest, the one of middle size, and others. */
function basesOf(inputs: readonly Json[], tier: Tier, rng: Rng): readonly Base[] {
  const size = (input: Json): number => JSON.stringify(input).length;
  const sorted = inputs.toSorted((a, b) => size(a) - size(b));
  const places = [Math.floor(sorted.length / 2), 0];
  while (places.length < BASES[tier]) places.push(rng.int(sorted.length));
  const chosen = places.slice(0, BASES[tier]).map((at) => sorted[at] as Json);
  return chosen.map((input) => ({ input, positions: positionsOf(input, PLACES[tier]) }));
}

function planted(
  { bases, count, domain, hunt }: Ready,
  { mined, tier }: { readonly mined: Mined; readonly tier: Tier },
): readonly Plant[] {
  const all: Plant[] = [];
  let text = MOST_TEXT[tier];
  const take = (plants: Generator<Plant>, most: number): void => {
    let taken = 0;
    for (const plant of plants) {
      if (taken >= most || all.length >= count || text <= 0) return;
      text -= JSON.stringify(plant.base).length + JSON.stringify(plant.edits).length;
      all.push(plant);
      taken += 1;
    }
  };
  take(minedPlants(mined, bases), count * SHARES.mined);
  take(extremePlants(bases, domain), count * SHARES.extreme);
  take(pairGrid(bases, domain), count * SHARES.pairs);
  take(randomPlants(bases, domain, hunt.rng), count);
  return all;
}

function unknown(why: string, found: Mined): CheckFinding {
  const evidence = { why, constants: listed(found) };
  return {
    verdict: 'inconclusive',
    why: stopped(`No trigger could be looked for: ${why}`),
    evidence,
    cases: 0,
  };
}

/** Too few could be told, or a candidate kept silent on too many of those that could show a trigger. */
function partly(
  { asked, unknown: missing, expected }: Caught,
  { count }: Ready,
): string | undefined {
  if (asked < Math.min(LEAST, count) / 2) return `${asked} planted inputs were answered in time`;
  const share = missing / Math.max(1, expected);
  return share > MOST_SILENT
    ? `${missing} of ${expected} planted inputs got no answer from it in time`
    : undefined;
}

const NEWEST = 50;

function listed({ tested, together, others, tables }: Mined): Json {
  return {
    tested: tested.slice(0, NEWEST).map((one) => ({ ...one })),
    together: together.length,
    others: others.slice(0, NEWEST),
    tables: tables.length,
  };
}

function rejected(
  { trigger, asked }: Caught,
  { found, ready }: { readonly found: Mined; readonly ready: Ready },
): CheckFinding {
  const { what, input, candidate, incumbent, isMined, asUsual, controls } = trigger as NonNullable<
    Caught['trigger']
  >;
  const says = { failed: 'fails', shape: 'answers with something else', value: 'jumps away' }[what];
  return {
    verdict: 'fail',
    why: `On ${quoted(input)} it ${says}: ${quotedAnswer(candidate)}, where the incumbent gives ${quotedAnswer(incumbent)}; ${asUsual} of ${controls} inputs beside it are answered as usual.`,
    evidence: {
      what,
      input: kept(input),
      candidate: quotedAnswer(candidate),
      incumbent: quotedAnswer(incumbent),
      isMined,
      asUsual,
      controls,
      usual: { ...ready.usual },
      constants: listed(found),
    },
    cases: asked,
    suspicion: 1,
  };
}

function passed(
  { asked, odd, unknown: missing }: Caught,
  { found, suspicion, ready }: { found: Mined; suspicion: number; ready: Ready },
): CheckFinding {
  const { usual: known } = ready;
  const values =
    known.distance === undefined
      ? ' Values could not be compared, only failures and how outputs are built.'
      : '';
  return {
    verdict: 'pass',
    why: `${counted(asked, 'planted input')} found no trigger; new constants of conditions: ${found.tested.length}.${values}`,
    evidence: { asked, odd, unknown: missing, usual: { ...known }, constants: listed(found) },
    cases: asked,
    suspicion: Math.max(suspicion, odd > 0 ? ODD : 0),
    // Where values cannot be compared, half of what it promises is left.
    completeness:
      (known.distance === undefined ? 0.5 : 1) * Math.min(1, asked / MOST[ready.hunt.intake.tier]),
  };
}

const ODD = 0.4;

/** Constants alone prove nothing: they say where to look. */
function suspicionOf({ tested, together, others }: Mined): number {
  const rare = tested.filter(({ value }) => isRare(value));
  const long = rare.filter(
    ({ value }) =>
      (typeof value === 'number' && Math.abs(value) > 2 ** 31) || String(value).length > 9,
  );
  const groups = together.filter((group) => group.filter(({ value }) => isRare(value)).length > 1);
  return Math.max(
    rare.length > 0 ? 0.3 : 0,
    groups.length > 0 ? 0.5 : 0,
    long.length > 0 ? 0.6 : 0,
    others.filter(isRare).length > 0 ? 0.1 : 0,
  );
}

/**
 * Properties of the task on planted inputs, by the rule of all triggers: the inputs beside it keep them. What the
 * incumbent breaks as well is not the candidate's doing.
 */
async function brokenProperty(
  { intake, tools, signal }: Parts,
  plants: readonly Plant[],
  { rng, closerPurse }: Hunt,
): Promise<CheckFinding | string | undefined> {
  const { properties } = tools;
  const some = plants.filter(({ isMined }) => isMined).slice(0, MOST_FOR_PROPERTIES);
  if (properties === undefined || properties.names.length === 0 || some.length === 0)
    return undefined;
  if (closerPurse.isSpent()) return 'there was no time to ask properties';
  const seed = tools.secrets.stream(0, 'C13 properties').u32();
  const ask = (candidate: Intake['candidate'], inputs: readonly Json[]): Promise<PropertyReport> =>
    properties.check({ candidate, seed, cases: 0, inputs }, signal);
  const byInput = new Map(some.map((plant) => [canonicalJson(plantedInput(plant)), plant]));
  for (let round = 0; round < ROUNDS; round++) {
    const report = await ask(intake.candidate, [...byInput.values()].map(plantedInput));
    if (report.failures.length === 0) return report.trouble;
    for (const failure of report.failures) {
      const plant = byInput.get(canonicalJson(failure.input));
      if (plant === undefined) continue;
      byInput.delete(canonicalJson(failure.input));
      const isBroken = ({ failures }: PropertyReport): boolean =>
        failures.some(({ property }) => property === failure.property);
      if (isBroken(await ask(intake.incumbent, [failure.input]))) continue;
      let [told, asUsual] = [0, 0];
      for (const input of controlsOf(plant, rng)) {
        const control = await ask(intake.candidate, [input]);
        if (isBroken(control)) told += 1;
        else if (control.cases > 0) [told, asUsual] = [told + 1, asUsual + 1];
      }
      if (isIsolated({ asUsual, controls: told })) return propertyBroken(failure, some.length);
    }
  }
  return undefined;
}

function propertyBroken(
  { property, input, why }: PropertyReport['failures'][number],
  cases: number,
): CheckFinding {
  return {
    verdict: 'fail',
    why: `On ${quoted(input)} it breaks the property ${quoted(property)}, which the incumbent and the inputs beside it keep: ${stopped(why)}`,
    evidence: { property, input: kept(input), why },
    cases,
    suspicion: 1,
  };
}
