/**
 * One examination: checks of one candidate, several at a time. Its findings follow from what the checks say and
 * from their order alone, never from which of them was faster.
 */
import pLimit from 'p-limit';
import { CHECKS } from '../core/checks.ts';
import { PacelineError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import type { SealedFinding } from '../core/verdict.ts';
import type { Check, CheckFinding, Intake } from '../gates/contract.ts';
import { watchedTools } from '../gates/telemetry.ts';
import type { Bench, Metered } from './bench.ts';

export interface Examination {
  readonly intake: Intake;
  readonly metered: () => Promise<Metered>;
  /** In the order of their findings. */
  readonly checks: (metered: Metered) => readonly Check[];
  /** Goes on after a failure: what is asked is what each check says. */
  readonly isWhole?: boolean;
  /** Most checks at a time, from 1. Default 1; where the metric is a time, always 1. */
  readonly atOnce?: number;
}

/** What an examination takes of a bench. */
export type Examining = Pick<Bench, 'clock' | 'evidence'>;

export interface Examined {
  /** In the order of the checks, up to the first failure (included), or all. */
  readonly findings: readonly SealedFinding[];
  readonly tookMs: number;
  readonly cpuMs: number;
}

export async function examine(
  bench: Examining,
  { intake, checks, isWhole = false, atOnce = 1, ...made }: Examination,
  signal: AbortSignal,
): Promise<Examined> {
  const { clock, evidence } = bench;
  const metered = await made.metered();
  const began = { ms: clock.monotonicMs(), cpuMs: clock.cpuMs() + metered.cpuMs() };
  const tools = watchedTools(metered.tools);
  const most = tools.declaration.isTimed ? 1 : atOnce;
  const ask = (check: Check, until: AbortSignal): Promise<CheckFinding> =>
    findingOf(check, { intake, metered: { ...metered, tools } }, until);
  const found = await foundBy(checks(metered), { ask, isWhole, most, signal });
  const findings = found.map(({ check, finding: { evidence: seen, ...said } }) => {
    return { check: check.name, ...said, evidence: evidence.put(plain(seen)) };
  });
  return {
    findings,
    tookMs: clock.monotonicMs() - began.ms,
    cpuMs: Math.max(0, clock.cpuMs() + metered.cpuMs() - began.cpuMs),
  };
}

interface Asking {
  readonly ask: (check: Check, until: AbortSignal) => Promise<CheckFinding>;
  readonly isWhole: boolean;
  readonly most: number;
  readonly signal: AbortSignal;
}

interface Found {
  readonly check: Check;
  readonly finding: CheckFinding;
}

async function foundBy(checks: readonly Check[], asking: Asking): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const some of besideEachOther(checks)) {
    asking.signal.throwIfAborted();
    found.push(...(await together(some, asking)));
    if (!asking.isWhole && found.at(-1)?.finding.verdict === 'fail') break;
  }
  return found;
}

/** In order, one that runs alone by itself. */
function besideEachOther(checks: readonly Check[]): readonly (readonly Check[])[] {
  const stages: Check[][] = [];
  let open: Check[] | undefined;
  for (const check of checks) {
    if (open === undefined || check.isAlone) {
      open = [];
      stages.push(open);
    }
    open.push(check);
    if (check.isAlone) open = undefined;
  }
  return stages;
}

/** Up to the first failure: those after it are broken off, those before it still have their say. */
async function together(
  checks: readonly Check[],
  { ask, isWhole, most, signal }: Asking,
): Promise<readonly Found[]> {
  const aborts = checks.map(() => new AbortController());
  let last = checks.length - 1;
  const run = async (check: Check, at: number): Promise<Found | undefined> => {
    const abort = aborts[at] as AbortController;
    if (at > last) return undefined;
    const finding = await ask(check, AbortSignal.any([signal, abort.signal]));
    if (finding.verdict === 'fail' && !isWhole && at < last) {
      last = at;
      for (const later of aborts.slice(at + 1)) later.abort(new Error('Another check refused it.'));
    }
    return { check, finding };
  };
  const limit = pLimit(most);
  const ended = await Promise.allSettled(checks.map((check, at) => limit(() => run(check, at))));
  signal.throwIfAborted();
  return ended.slice(0, last + 1).flatMap((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value ?? [];
  });
}

/** What JSON has no number for is written as its name. */
function plain(evidence: Json): Json {
  const named = (_: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  return JSON.parse(JSON.stringify(evidence, named)) as Json;
}

/** A check that cannot be carried out has found nothing, which is no pass. */
async function findingOf(
  check: Check,
  { intake, metered }: { readonly intake: Intake; readonly metered: Metered },
  signal: AbortSignal,
): Promise<CheckFinding> {
  try {
    return await check.judge(intake, metered.tools, signal);
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    const words = `${CHECKS[check.name]} could not be carried out: ${why}`;
    const code = PacelineError.is(error) ? error.code : 'INTERNAL';
    return { verdict: 'inconclusive', why: words, evidence: { error: code, why }, cases: 0 };
  }
}
