/**
 * Check C5: properties and metamorphic relations, declared by the user or derived from the origin and
 * confirmed. Not one failure in n cases of each bounds the rate of failures on such inputs at
 * 1 − 0.05^(1/n) with 95 % (Hanley & Lippman-Hand, JAMA 249, 1983): 0.1 % at n = 3,000.
 */
import { type CaseRule, casesFor, percentOf, seenBy } from '../claims/case-plan.ts';
import { adequacyOf, adequacyWords, hasMutants, isAdequate } from './adequacy.ts';
import type {
  Check,
  CheckFinding,
  Intake,
  Properties,
  PropertyReport,
  Tier,
  Tools,
} from './contract.ts';
import { shown } from './properties/quoted.ts';
import { counted, named, stopped } from './sentence.ts';

/**
 * Whatever one costs, 99 cases are tried: they find a fault in 3 % of inputs with 95 % (ADR 0061). The budgets are of the
 * origin's CPU time: at a millisecond for a case with all its calls nothing is left out, and a slow origin takes seconds
 * of each verdict, not a minute.
 */
export const CASES: Readonly<Record<Tier, CaseRule>> = {
  floor: { cpuMs: 6_000, least: 99, most: 3_000 },
  deep: { cpuMs: 60_000, least: 99, most: 30_000 },
};
/** By the clock, for the cases and what they are worth: an audit gives a check a minute. */
const MOST_MS = 45_000;
/** For planted faults, however long the cases took. */
const LEAST_MS = 5000;
/** Of a derived relation that nobody confirmed: worth a person's look, and no more. */
const UNCONFIRMED = 0.5;

export const propertyCheck: Check = {
  name: 'C5',
  inapplicable: ({ isCallable, properties }) => {
    if (!isCallable) return 'nothing says how a candidate is called (safety.calls)';
    return properties.length > 0 ? undefined : 'no properties are declared or confirmed';
  },
  judge,
};

async function judge(intake: Intake, tools: Tools, signal: AbortSignal): Promise<CheckFinding> {
  const { properties, secrets } = tools;
  const { most } = CASES[intake.tier];
  if (properties === undefined) {
    const why = 'The properties of the declaration are not there.';
    return { verdict: 'inconclusive', why, evidence: null, cases: 0 };
  }
  const seed = secrets.stream(-1, `${intake.ticket}\nC5`).u32();
  const began = tools.clock.monotonicMs();
  const cases = casesOf(intake.tier, properties, tools.mostCpuMs);
  const report = await properties.check({ candidate: intake.candidate, seed, cases }, signal);
  const cost = properties.cost === undefined ? {} : { cost: { ...properties.cost } };
  const names = [...properties.names];
  const found = { seed, asked: cases, ...cost, names, ...plain(report) };
  const said = { evidence: found, cases: report.cases };
  if (report.trouble !== undefined) {
    return { ...said, verdict: 'inconclusive', why: stopped(report.trouble), suspicion: 0.5 };
  }
  const [first] = report.failures;
  if (first !== undefined) {
    const others = report.failures.length - 1;
    const more =
      others > 0 ? ` It breaks ${counted(others, 'other property', 'other properties')} too.` : '';
    const why = `It breaks ${named(first.property)} on the input ${shown(first.input)}: ${first.why}`;
    return { ...said, verdict: 'fail', why: `${stopped(why)}${more}`, suspicion: 1 };
  }
  if (report.cases === 0) {
    const why = 'Not one case could be tried.';
    return { ...said, verdict: 'inconclusive', why };
  }
  const mostMs = Math.max(LEAST_MS, MOST_MS - (tools.clock.monotonicMs() - began));
  const { counts, words } = await weightOf(intake, { tools, mostMs }, signal);
  const odd = (report.suspicions ?? []).map(({ property }) => property);
  return {
    ...said,
    verdict: 'pass',
    why: [
      heldWords(report.cases, properties.names.length),
      words,
      ...(odd.length > 0
        ? [`it does not do as the origin in ${odd.map(named).join(', ')}, which nobody confirmed`]
        : []),
    ]
      .join('; ')
      .concat('.'),
    suspicion: odd.length > 0 ? UNCONFIRMED : 0,
    completeness: counts ? Math.min(1, report.cases / most) : 0,
  };
}

/** Of the origin's cost, and of an audit also of what it may take; never fewer than the floor's. */
export function casesOf(
  tier: Tier,
  { cost }: Pick<Properties, 'cost'>,
  mostCpuMs = Number.POSITIVE_INFINITY,
): number {
  if (tier === 'floor') return cost === undefined ? CASES.floor.most : casesFor(CASES.floor, cost);
  const { cpuMs, most } = CASES.deep;
  if (cost === undefined) return most;
  const least = casesFor(CASES.floor, cost);
  return casesFor({ cpuMs: Math.min(cpuMs, mostCpuMs), least, most }, cost);
}

function heldWords(cases: number, properties: number): string {
  const each = properties === 1 ? 'its property' : `each of ${properties} properties`;
  const rate = percentOf(seenBy(cases));
  const held = `No failure in ${cases} cases of ${each}: the rate is at most ${rate} (95 %)`;
  if (cases >= CASES.floor.most) return held;
  return `${held}; as many as the time of the origin allows, so a fault in fewer inputs may be missed`;
}

/** What a pass is worth. Measuring it takes longer than the floor may: it is the deep audit's. */
async function weightOf(
  { tier, incumbent: program }: Intake,
  { tools, mostMs }: { readonly tools: Tools; readonly mostMs: number },
  signal: AbortSignal,
) {
  if (tier === 'floor') {
    return {
      counts: true,
      words: 'how many planted faults they notice is measured by deep audits',
    };
  }
  const adequacy = await adequacyOf(tools, { program, tier, mostMs }, signal);
  const words =
    adequacy && hasMutants(adequacy)
      ? adequacyWords(adequacy)
      : 'no faults could be planted to see what they notice';
  const counts = adequacy !== undefined && isAdequate(adequacy);
  return {
    counts,
    words: counts ? words : `below 80 % they do not count as verification, and ${words}`,
  };
}

function plain({ failures, suspicions = [], cases }: PropertyReport) {
  const list = (all: PropertyReport['failures']) => all.map((one) => ({ ...one }));
  return { cases, failures: list(failures), suspicions: list(suspicions) };
}
