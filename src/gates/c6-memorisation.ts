/**
 * Check C6: does a candidate know by heart what the search has shown it? By score, cases that were seen against fresh
 * ones; by answers, inputs that were seen against the same ones a little changed (safety.md §3).
 */
import { type CaseRule, casesFor } from '../claims/case-plan.ts';
import type { Json } from '../core/json.ts';
import { isRare, mined, newlyMined } from '../source/mine.ts';
import { exactMcNemar, holm } from '../stats/mcnemar.ts';
import { allEnded } from './calls/all-ended.ts';
import { bothOf } from './calls/both.ts';
import { freshCases } from './calls/task-inputs.ts';
import type { Check, CheckFinding, Intake, Tier, Tools } from './contract.ts';
import { CHANGES, changedInputs, discordant } from './memory/nearby.ts';
import { ALPHA, isLeaning, isMemory, type Scored, scoredCases } from './memory/scored.ts';
import { stopped } from './sentence.ts';
import { domainOf, positionsOf } from './triggers/positions.ts';

/** Inputs that were seen and are looked at, each with each change. */
const INPUTS = 48;
/**
 * Seen inputs that are changed, which raises suspicion and refuses nobody: of a slow origin fewer, by its cost alone. Who
 * answers each of 16 otherwise once it is changed is noticed for certain (McNemar 3e-5, four tests), of 48 who does so with 11.
 */
const CHANGED: CaseRule = { cpuMs: 1_500, least: 16, most: INPUTS };
/** With fewer pairs no split is rare enough. */
const LEAST_PAIRS = 11;
/** Constants of the candidate that only seen inputs have, from which on it is no accident. */
const LEAST_KNOWN = 3;
/**
 * For the answers of one program to the inputs of one change, ms. They may be none that the task makes, on which honest
 * programs never end: what has no answers then raises no suspicion.
 */
const CHANGED_MS: Readonly<Record<Tier, number>> = { floor: 2_000, deep: 20_000 };
const SUSPICION = { leaning: 0.8, known: 0.8, changed: 0.6 } as const;

export const memorisationCheck: Check = {
  name: 'C6',
  inapplicable: ({ isExact }) =>
    isExact ? 'there is one problem with one value, and so no other cases' : undefined,
  async judge(intake, tools, signal) {
    const [scored, near] = await allEnded([
      scoredCases(intake, tools, signal),
      nearby(intake, tools, signal),
    ]);
    return found(scored, { ...near, isPromised: tools.caller?.inputs !== undefined });
  },
};

interface ChangeTest {
  readonly change: string;
  readonly p: number;
  readonly n: number;
  readonly first: number;
  readonly second: number;
}

interface Near {
  /** Against fresh inputs of the same generator, which alone decide. */
  readonly fresh?: ChangeTest;
  readonly tests: readonly ChangeTest[];
  /** Rare constants of the candidate that inputs have which the search has seen, and no others. */
  readonly known: number;
  /** The machine failed: nothing of this is known. */
  readonly trouble?: string;
}

const NONE: Near = { tests: [], known: 0 };

async function nearby(intake: Intake, tools: Tools, signal: AbortSignal): Promise<Near> {
  const { caller } = tools;
  if (!caller?.inputs) return NONE;
  const visible = tools.visibleCases(INPUTS);
  const inputs = await caller.inputs(visible, signal);
  const fresh = await caller.inputs(freshCases(tools, 'C6 inputs', visible.length), signal);
  const rng = tools.secrets.stream(0, 'C6 changes');
  const domain = domainOf([...inputs, ...fresh]);
  const changed = changedCount(tools);
  const groups = [
    { change: FRESH, pairs: pairsOf(inputs, fresh) },
    ...CHANGES.map((one) => ({
      change: one.name,
      pairs: changedInputs(one, inputs.slice(0, changed), { domain, rng }),
    })),
  ];
  const tests: ChangeTest[] = [];
  for (const { change, pairs } of groups.filter((group) => group.pairs.length >= LEAST_PAIRS)) {
    const limit = change === FRESH ? {} : { withinMs: CHANGED_MS[intake.tier] };
    const both = await bothOf({ caller, intake, signal, ...limit }, pairs.flat());
    if (both.trouble !== undefined) return { ...NONE, trouble: both.trouble };
    const seen = both.answers.filter((_, at) => at % 2 === 0);
    const other = both.answers.filter((_, at) => at % 2 === 1);
    const counts = discordant(seen, other);
    tests.push({ change, p: exactMcNemar(counts), ...counts });
  }
  const known = knownByHeart({ intake, tools }, inputs, fresh);
  const decides = tests.find(({ change }) => change === FRESH);
  return { tests, known, ...(decides && { fresh: decides }) };
}

const FRESH = 'a fresh input';

/** Each is asked beside the input it was made of, by each change, of candidate and incumbent. */
function changedCount({ properties }: Pick<Tools, 'properties'>): number {
  const { callMs } = properties?.cost ?? {};
  if (callMs === undefined) return CHANGED.most;
  return casesFor(CHANGED, { callMs, calls: 4 * CHANGES.length, extra: 0, few: 0 });
}

/** In the order they came: seen and fresh ones are draws of one generator, so no pair is closer than another. */
function pairsOf(
  seen: readonly Json[],
  fresh: readonly Json[],
): readonly (readonly [Json, Json])[] {
  return seen.flatMap((one, at) => {
    const other = fresh[at];
    return other === undefined ? [] : [[one, other] as const];
  });
}

function knownByHeart(
  { intake, tools }: { readonly intake: Intake; readonly tools: Tools },
  seen: readonly Json[],
  fresh: readonly Json[],
): number {
  const of = (candidate: Intake['candidate']) => mined(tools.files(candidate));
  const before = [of(intake.incumbent), of(intake.origin)];
  const { tested, others, tables } = newlyMined(of(intake.candidate), before);
  const constants = [...tested.map(({ value }) => value), ...others, ...tables].filter(isRare);
  const names = new Set(constants.map((one) => JSON.stringify(one)));
  const hits = (inputs: readonly Json[]): number =>
    new Set(
      inputs
        .flatMap((input) => positionsOf(input, INPUTS))
        .map(({ value }) => JSON.stringify(value))
        .filter((value) => names.has(value)),
    ).size;
  const [own, others_] = [hits(seen), hits(fresh)];
  return own > 2 * others_ ? own : 0;
}

function found(
  scored: Scored,
  { fresh, tests, known, trouble, isPromised }: Near & { readonly isPromised: boolean },
): CheckFinding {
  const isRejected = holm(
    tests.map(({ p }) => p),
    ALPHA,
  );
  const odd = tests.filter((_, at) => isRejected[at]);
  const worst = odd.find((one) => one === fresh);
  const evidence: Json = {
    scored: { ...scored },
    pairs: tests.map((one) => ({ ...one })),
    known,
    ...(trouble !== undefined && { trouble }),
  };
  const pairs = tests.reduce((sum, { n }) => sum + n, 0);
  const base = { evidence, cases: scored.seen + scored.fresh + 2 * pairs };
  if (isMemory(scored)) {
    const { better, seen, fresh, p } = scored;
    const why = `It beats the incumbent on ${better.seen} of ${seen} cases that the search has seen and on ${better.fresh} of ${fresh} fresh ones (exact p ${p.toExponential(1)}).`;
    return { ...base, verdict: 'fail', why, suspicion: 1 };
  }
  if (worst) {
    const { first, second, n, change, p } = worst;
    const why = `On ${change} it behaves otherwise than on one that the search has seen: ${first} and ${second} of ${n} pairs differ (exact McNemar p ${p.toExponential(1)}).`;
    return { ...base, verdict: 'fail', why, suspicion: 1 };
  }
  const suspicion = Math.max(
    isLeaning(scored) ? SUSPICION.leaning : 0,
    known >= LEAST_KNOWN ? SUSPICION.known : 0,
    odd.length > 0 ? SUSPICION.changed : 0,
  );
  const isSilent = tests.every(({ n }) => n < LEAST_PAIRS);
  const open = trouble ?? (isSilent ? scored.trouble : undefined);
  if (open !== undefined) {
    const why = stopped(`Nothing can be said of its memory: ${open}`);
    return { ...base, verdict: 'inconclusive', why, suspicion };
  }
  const why = `Cases that the search has seen are nothing special to it: better on ${scored.better.seen} of ${scored.seen} seen and ${scored.better.fresh} of ${scored.fresh} fresh ones.`;
  const halves = [scored.trouble === undefined, ...(isPromised ? [tests.length > 0] : [])];
  const completeness = halves.filter(Boolean).length / halves.length;
  return { ...base, verdict: 'pass', why, suspicion, completeness };
}
