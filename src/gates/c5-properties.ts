/**
 * Check C5: properties and metamorphic relations, declared by the user or derived from the origin and
 * confirmed. Not one failure in n cases of each bounds the rate of failures on such inputs at
 * 1 − 0.05^(1/n) with 95 % (Hanley & Lippman-Hand, JAMA 249, 1983): 0.1 % at n = 3,000.
 */
import { adequacyOf, adequacyWords, hasMutants, isAdequate } from './adequacy.ts';
import { affordable } from './calls/task-inputs.ts';
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

const CASES: Readonly<Record<Tier, number>> = { floor: 3000, deep: 30_000 };
/** Cases of the incumbent that say what one costs. */
const PRICED = 300;
const LEVEL = 0.95;
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
  const cases = CASES[intake.tier];
  if (properties === undefined) {
    const why = 'The properties of the declaration are not there.';
    return { verdict: 'inconclusive', why, evidence: null, cases: 0 };
  }
  const seed = secrets.stream(-1, `${intake.ticket}\nC5`).u32();
  const began = tools.clock.monotonicMs();
  const count = await affordableCases(intake, { ...tools, properties }, signal);
  const report = await properties.check(
    { candidate: intake.candidate, seed, cases: count },
    signal,
  );
  const found = { seed, asked: cases, names: [...properties.names], ...plain(report) };
  const said = { evidence: found, cases: report.cases };
  if (report.trouble !== undefined) {
    return { ...said, verdict: 'inconclusive', why: report.trouble, suspicion: 0.5 };
  }
  const [first] = report.failures;
  if (first !== undefined) {
    const others = report.failures.length - 1;
    const more = others > 0 ? `, and ${others} more` : '';
    const why = `It breaks ${first.property} on the input ${shown(first.input)}: ${first.why}${more}.`;
    return { ...said, verdict: 'fail', why, suspicion: 1 };
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
      `No failure in ${report.cases} cases of each of ${properties.names.length} properties: the rate is at most ${percent(bound(report.cases))} (95 %)`,
      words,
      ...(odd.length > 0
        ? [`it does not do as the origin in ${odd.join(', ')}, which nobody confirmed`]
        : []),
    ]
      .join('; ')
      .concat('.'),
    suspicion: odd.length > 0 ? UNCONFIRMED : 0,
    completeness: counts ? report.cases / cases : 0,
  };
}

/** As many as the rule asks for, or what an audit may take buys, as measured on the incumbent; never fewer than the floor's. */
async function affordableCases(
  { tier, incumbent: candidate, ticket }: Intake,
  { mostCpuMs, properties, clock, secrets }: Tools & { readonly properties: Properties },
  signal: AbortSignal,
): Promise<number> {
  if (mostCpuMs === undefined) return CASES[tier];
  const seed = secrets.stream(-1, `${ticket}\nC5 price`).u32();
  const began = clock.monotonicMs();
  const { cases: inputs } = await properties.check({ candidate, seed, cases: PRICED }, signal);
  // Its jails tell no CPU time. A busy machine makes it seem dear, and fewer are taken.
  const cost = { cpuMs: clock.monotonicMs() - began, inputs };
  return affordable(cost, mostCpuMs, { least: CASES.floor, most: CASES[tier] });
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

/** Largest rate of failures at which n cases without one are as likely as 1 in 20. */
export function bound(cases: number): number {
  return 1 - (1 - LEVEL) ** (1 / cases);
}

function percent(rate: number): string {
  return `${(100 * rate).toPrecision(2)} %`;
}

function plain({ failures, suspicions = [], cases }: PropertyReport) {
  const list = (all: PropertyReport['failures']) => all.map((one) => ({ ...one }));
  return { cases, failures: list(failures), suspicions: list(suspicions) };
}
