/** Everything the ledger knows about one candidate: what `show` prints. */
import { type ClaimCard, claimCard } from '../claims/card.ts';
import { type Claim, shortNumber } from '../claims/claim.ts';
import { levelOf, type Metric } from '../claims/orient.ts';
import { otherMetrics } from '../claims/other-metrics.ts';
import type { AcceptanceRule } from '../claims/rule.ts';
import type { Candidate } from '../core/candidate.ts';
import { PacelineError } from '../core/errors.ts';
import type { StoredEvent } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import type { Prediction } from '../core/prediction.ts';
import { takenBackBy } from '../core/standing.ts';
import type { TrialEnd } from '../core/trial-state.ts';
import { MAIN_ARM } from '../loop/plan.ts';
import { queriedWords } from '../reporters/report/holdout-words.ts';
import { countedText, gainText } from '../reporters/report/number-text.ts';
import { otherLabel, otherText } from '../reporters/report/other-text.ts';
import { readable } from '../source/program.ts';
import type { Ledger } from '../stores/contract.ts';
import type { Files } from '../tasks/contract.ts';
import type { Config } from './config-schema.ts';
import { withSoundLedger } from './read-ledger.ts';
import { recordedConfig } from './recorded-config.ts';
import { readStudy, type StudyEntries } from './study-entries.ts';
import { patchOf, recordedKindOf } from './task-kind.ts';
import { trialEnd } from './trial-end.ts';

type Settled = StoredEvent<'trial.settled'>;
type Confirmed = StoredEvent<'trial.confirmed'>;

export interface CandidateRecord {
  readonly id: string;
  readonly isOrigin: boolean;
  readonly isIncumbent: boolean;
  readonly metric: StoredEvent<'study.opened'>['body']['metric'];
  /** It took the incumbent's place, now or earlier. */
  readonly wasPromoted: boolean;
  /** It ran beside what scored it, and could have reached its grade. */
  readonly isFused: boolean;
  /** The readable source that people review. */
  readonly source: string;
  /** Its editable files, and the origin's, text by path. */
  readonly files: Files;
  readonly originFiles: Files;
  /** What it changed in the origin, as a patch; empty for the origin. */
  readonly diff: string;
  /** What it reaches for that the origin did not. */
  readonly scope: readonly string[];
  /** Trials that proposed it, in order; all but the first as duplicates. */
  readonly trials: readonly Settled[];
  /** Where somebody handed it in, and what they predicted; its trial may still be to come. */
  readonly handedIn?: {
    readonly by: string;
    readonly trial: number;
    readonly predicted: Prediction;
  };
  /** How the first of them ended; null while it is open. */
  readonly end?: TrialEnd | null;
  /** The gain of its promotion: what a prediction is compared with. */
  readonly measured?: string;
  /** What the screen of the first of them saw: noisy, claims nothing. */
  readonly screen?: string;
  /** What its first trial said where it has no score. */
  readonly failure?: string;
  /** Every attempt to show that it is better, in order, and the card that shows it. */
  readonly claims: readonly {
    readonly claim: Claim;
    readonly card: ClaimCard;
    /** Of a control arm, which adopts what it accepts: its size is measured for the search alone. */
    readonly arm?: string;
  }[];
}

/**
 * `wanted`: id of a candidate or the start of one, `origin` or `incumbent`; absent, the incumbent.
 * @throws PacelineError `USAGE` when none or several fit.
 */
export async function showCandidate(
  root: string,
  id: string,
  wanted?: string,
): Promise<CandidateRecord> {
  const config = recordedConfig(root, id);
  return withSoundLedger({ root, id }, async (ledger) =>
    recordOf(ledger, { id, config, study: await readStudy(ledger, id) }, wanted),
  );
}

interface Shown {
  readonly id: string;
  readonly config: Config;
  readonly study: StudyEntries;
}

async function recordOf(
  ledger: Ledger,
  { id, config, study }: Shown,
  wanted = 'incumbent',
): Promise<CandidateRecord> {
  const { origin, originText, metric } = study.opened.body;
  const { incumbent } = study;
  const seen = await readCandidate(ledger, prefixOf(wanted, { origin, incumbent }));
  if (origin.startsWith(seen.prefix)) seen.texts.set(origin, originText);
  const [[chosen, text]] = onlyOne(seen, id);
  const kind = recordedKindOf(config, originText);
  const trial = seen.trials[0]?.trial;
  return {
    id: chosen,
    ...(trial === undefined ? {} : { end: await trialEnd(ledger, { study: id, trial }) }),
    isOrigin: chosen === origin,
    isIncumbent: chosen === incumbent,
    metric,
    isFused: study.opened.body.evaluatorClass === 'fused',
    wasPromoted: study.promotions.some(({ body }) => body.candidate === chosen),
    source: readable(kind.toFiles(text)),
    files: kind.toFiles(text),
    originFiles: kind.toFiles(originText),
    diff: patchOf(kind, originText, text),
    scope: kind.scope(originText, text),
    trials: seen.trials,
    ...(seen.handedIn ? { handedIn: seen.handedIn } : {}),
    ...(chosen === origin ? {} : screenOf(seen.trials[0], metric)),
    ...measuredOf(study, chosen),
    claims: seen.confirms.map((confirm) => {
      const claim = claimOf(study, confirm);
      const { arm } = confirm.body;
      return { claim, card: claimCard(claim), ...(arm === MAIN_ARM ? {} : { arm }) };
    }),
  };
}

export interface CandidateDiff {
  readonly from: string;
  readonly to: string;
  readonly diff: string;
  readonly scope: readonly string[];
}

/** Of two candidates of a study: the origin and the incumbent where none is named. */
export async function diffCandidates(
  root: string,
  id: string,
  wanted: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<CandidateDiff> {
  const config = recordedConfig(root, id);
  return withSoundLedger({ root, id }, async (ledger) => {
    const before = await findCandidate(ledger, id, wanted.from ?? 'origin');
    const after = await findCandidate(ledger, id, wanted.to ?? 'incumbent');
    const kind = recordedKindOf(config, before.opened.body.originText);
    return {
      from: before.id,
      to: after.id,
      diff: patchOf(kind, before.text, after.text),
      scope: kind.scope(before.text, after.text),
    };
  });
}

export interface ShownPromotion {
  readonly entry: StudyEntries['promotions'][number];
  readonly record: CandidateRecord;
  /** The rollback that took it back; absent where it stands. */
  readonly takenBack?: StudyEntries['rolledBack'][number];
}

/** What moved the incumbent of the search forward, in order, each with all that is known of it. */
export function showPromotions(root: string, id: string): Promise<readonly ShownPromotion[]> {
  const config = recordedConfig(root, id);
  return withSoundLedger({ root, id }, async (ledger) => {
    const study = await readStudy(ledger, id);
    const shown: ShownPromotion[] = [];
    const by = takenBackBy(study.promotions, study.rolledBack);
    for (const [at, entry] of study.promotions.entries()) {
      const record = await recordOf(ledger, { id, config, study }, entry.body.candidate);
      const takenBack = by[at];
      shown.push({ entry, record, ...(takenBack ? { takenBack } : {}) });
    }
    return shown;
  });
}

export interface FoundCandidate extends Candidate {
  readonly opened: StoredEvent<'study.opened'>;
}

/**
 * `wanted`: `origin`, `incumbent`, or the first digits of an id.
 * @throws PacelineError `USAGE` when none or several fit.
 */
export async function findCandidate(
  ledger: Ledger,
  study: string,
  wanted: string,
): Promise<FoundCandidate> {
  const { opened, incumbent } = await readStudy(ledger, study);
  const { origin, originText } = opened.body;
  const seen = await readCandidate(ledger, prefixOf(wanted, { origin, incumbent }));
  if (origin.startsWith(seen.prefix)) seen.texts.set(origin, originText);
  const [[id, text]] = onlyOne(seen, study);
  return { id, text, opened };
}

interface Seen {
  readonly prefix: string;
  readonly texts: Map<string, string>;
  readonly trials: Settled[];
  readonly confirms: Confirmed[];
  handedIn?: CandidateRecord['handedIn'];
}

async function readCandidate(ledger: Ledger, prefix: string): Promise<Seen> {
  const seen: Seen = { prefix, texts: new Map(), trials: [], confirms: [] };
  const types = ['trial.settled', 'trial.confirmed', 'study.steered'] as const;
  for await (const page of ledger.read(0, { types })) {
    for (const event of page) {
      if (event.type === 'study.steered') seeWritten(seen, event);
      if (event.type === 'trial.settled' && isNamed(event.body, prefix)) {
        seen.trials.push(event);
        seen.texts.set(event.body.candidate, event.body.text);
      }
      if (event.type === 'trial.confirmed' && event.body.candidate.startsWith(prefix))
        seen.confirms.push(event);
    }
  }
  return seen;
}

/** A trial without a candidate has nothing to show. */
function isNamed({ candidate, noCandidate }: Settled['body'], prefix: string): boolean {
  return noCandidate === undefined && candidate.startsWith(prefix);
}

/** What a person handed in is a candidate before its trial is settled. */
function seeWritten(seen: Seen, { body: { by, said, takes } }: StoredEvent<'study.steered'>): void {
  if (said.kind !== 'candidate' || takes === undefined) return;
  const { text, ...predicted } = said.value;
  const id = sha256(text);
  if (!id.startsWith(seen.prefix)) return;
  seen.texts.set(id, text);
  seen.handedIn = { by, trial: takes.trial, predicted };
}

const ID_START = 'sha256:';

/** @throws PacelineError `USAGE` for anything but hexadecimal digits and the words that name one. */
function prefixOf(wanted: string, named: Readonly<Record<string, string>>): string {
  if (Object.hasOwn(named, wanted)) return named[wanted] ?? wanted;
  const digits = wanted.replace(ID_START, '').toLowerCase();
  if (/^[0-9a-f]{4,64}$/.test(digits)) return ID_START + digits;
  throw new PacelineError(
    'USAGE',
    `"${wanted}" is not a candidate. Give the first digits of its id, at least four, as the report prints them, or one of the words ${Object.keys(named).join(' and ')}.`,
    { wanted },
  );
}

function onlyOne({ texts, prefix }: Seen, id: string): [[string, string]] {
  const [first, ...others] = texts;
  if (first && others.length === 0) return [first];
  const message = first
    ? `${texts.size} candidates of ${id} begin with ${prefix}. Give more digits.`
    : `No candidate of ${id} begins with ${prefix}. The report lists them; paceline show without one shows the incumbent.`;
  throw new PacelineError('USAGE', message, { prefix, candidates: [...texts.keys()].slice(0, 10) });
}

/** What the screen of a trial saw; where it saw no number, why. */
export function screenOf(
  first: Settled | undefined,
  metric: Metric,
): Pick<CandidateRecord, 'screen' | 'failure'> {
  if (first === undefined) return {};
  const { values, outcome, message } = first.body;
  const scores = values.filter((value) => value !== null);
  const failure = outcome === 'scored' || !message ? {} : { failure: `${outcome}: ${message}` };
  if (scores.length === 0) return { screen: outcome, ...failure };
  const level = shortNumber(levelOf(metric, scores));
  return { screen: `${level} ${metric.unit} over ${scores.length} cases`, ...failure };
}

function measuredOf(
  { opened, promotions }: StudyEntries,
  candidate: string,
): Pick<CandidateRecord, 'measured'> {
  const sized = promotions.find(({ body }) => body.candidate === candidate)?.body;
  if (sized === undefined) return {};
  const { gain: effect, interval, n } = sized;
  const text = gainText({ effect, interval }, opened.body.metric);
  return { measured: `${text}, ${countedText(n, 'pair')}` };
}

const SHORT_ID = 12;

export function shortId(id: string): string {
  return id.slice(ID_START.length, ID_START.length + SHORT_ID);
}

/** Guards and informational metrics over the block of a promotion. */
function othersSaid(
  { body }: StudyEntries['opened'],
  { others = [] }: ShownPromotion['entry']['body'],
) {
  const metrics = otherMetrics(body.rule as unknown as AcceptanceRule, body.info);
  return metrics.flatMap((metric) => {
    const gain = others.find(({ name }) => name === metric.name);
    return gain ? [`${otherLabel(metric)}: ${otherText(metric, gain)}`] : [];
  });
}

/** The claim as recorded: decided by the confirm, sized by the block of its promotion. */
function claimOf({ opened, promotions, queried }: StudyEntries, confirm: Confirmed): Claim {
  const { body, trial } = confirm;
  const { metric, rule, ruleHash } = opened.body;
  const sized = promotions.find((one) => one.trial === trial)?.body;
  const asked = queried.find((one) => one.trial === trial)?.body;
  const stated = {
    schema: 'paceline.claim/1',
    subject: `candidate ${shortId(body.candidate)}`,
    against: `incumbent ${shortId(body.against)}`,
    metric: metric.name,
    unit: metric.unit,
    ...(metric.kind ? { kind: metric.kind } : {}),
    replicationUnit: 'pair',
    budgetUnit: 'evaluations',
    ruleHash,
    notes: [
      ...(sized?.notes ?? []),
      ...(sized ? othersSaid(opened, sized) : []),
      ...(asked ? [`sealed hold-out: ${queriedWords(asked)}`] : []),
      ...(body.why === undefined ? [] : [body.why]),
    ],
    // Two measurements of one gain that contradict each other: no claim that it is better.
    verdict: asked?.gate === 'fail' ? 'inconclusive' : body.verdict,
  } as const;
  const decided = rule as unknown as AcceptanceRule;
  if (decided.mode === 'exact') {
    const { tolerance, isItself } = decided;
    const population = 'this one problem, nothing beyond it';
    const whose = isItself ? { isItself } : {};
    const claim = { ...stated, population, method: 'exact', tolerance, ...whose } as const;
    return body.effect === undefined ? claim : { ...claim, effect: body.effect };
  }
  return {
    ...stated,
    population: opened.body.pool ? 'the cases of a pool' : 'fresh instances',
    method: decided.method,
    alpha: body.alpha ?? Number.NaN,
    ...(body.pool ? {} : { logE: body.logE ?? Number.NaN }),
    n: body.n,
    effect: sized?.gain ?? body.effect ?? Number.NaN,
    interval: sized?.interval ?? [Number.NaN, Number.NaN],
    level: sized?.level ?? 0,
    blockPairs: sized?.n ?? 0,
  };
}
