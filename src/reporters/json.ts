/** The report as data: the whole of it, and the one line `run --json` ends with. */
import { gainFigure, levelOf, type Metric } from '../claims/orient.ts';
import { OUTCOMES } from '../core/events.ts';
import type { Json } from '../core/json.ts';
import { sampleSd } from '../stats/summary.ts';
import type { ReportFacts } from './facts.ts';
import { stripControl } from './plain-text.ts';
import { answersOf } from './report/answers.ts';
import type { Fact } from './report/fact.ts';
import { ISLANDS, isIslandArm } from './report/facts-islands.ts';
import { otherFact, othersOf } from './report/facts-others.ts';
import { firstDecision } from './report/facts-steering.ts';
import { leadingPromotion } from './report/leading.ts';
import { gainUnit } from './report/number-text.ts';
import { metricOf } from './report/pairs.ts';
import { type Detail, type Phrase, phraseText } from './report/phrase.ts';
import type { Tally } from './report/tally.ts';
import { verdictLines } from './verdict.ts';

/** Every answer, the course and every fact with its entries; `schema` names the shape. */
export function jsonReport(facts: ReportFacts): Json {
  const { book, given, isClosed } = facts;
  return plain({
    schema: 'paceline.report/1',
    study: given.id,
    closed: isClosed,
    ledger: {
      seq: facts.tally.head.seq,
      hash: facts.tally.head.hash,
      logical: given.head?.logical,
    },
    verdict: verdictLines(facts),
    questions: answersOf(facts).map(({ question, lead, rows, more }, i) => ({
      number: i + 1,
      question,
      answer: phraseText(lead),
      facts: idsOf(lead),
      rows: rows.map(({ label, phrase }) => ({ label, ...phraseJson(phrase) })),
      ...(more ? { details: { title: more.title, parts: more.details.map(detailJson) } } : {}),
    })),
    trajectory: trajectoryJson(facts.tally),
    facts: Object.fromEntries([...book].map(([id, fact]) => [id, factJson(fact)])),
  });
}

function idsOf(phrase: Phrase): readonly string[] {
  return phrase.flatMap((part) => (typeof part === 'string' ? [] : [part.id]));
}

function phraseJson(phrase: Phrase): { readonly text: string; readonly facts: readonly string[] } {
  return { text: phraseText(phrase), facts: idsOf(phrase) };
}

function detailJson(detail: Detail): Json {
  switch (detail.kind) {
    case 'text':
      return { kind: 'text', ...phraseJson(detail.phrase) };
    case 'table':
      return {
        kind: 'table',
        head: detail.head,
        rows: detail.rows.map((row) => row.map(phraseJson)),
      } as unknown as Json;
    case 'change':
      return {
        kind: 'change',
        before: detail.before.id,
        ...(detail.after ? { after: detail.after.id } : {}),
      };
    case 'patch':
      return {
        kind: 'patch',
        files: detail.files.map(({ path, patch }) => ({ path: path.id, patch: patch.id })),
      };
  }
}

/** Incumbents by arm; gains are oriented, positive is better; of times they are ratios of speeds. */
function trajectoryJson(tally: Tally): Json {
  const metric = metricOf(tally);
  return [...tally.arms].map(([arm, { trials, evals, climbs }]) => ({
    arm,
    trials,
    evals,
    steps: climbs.map((climb) => ({ ...climb, gain: gainFigure(metric, climb.gain) })),
  }));
}

function factJson({ value, text, unit, n, interval, seqs, span, how }: Fact): Plain {
  return { value, text, unit, n, interval, entries: { seqs, span: span && { ...span } }, how };
}

/**
 * What `run --json` prints (docs/json.md, schema `paceline.run/1`). Effects and intervals stand in the
 * metric's own direction: −0.84 percent of a metric to be minimised is better; of times they say how
 * many times as fast. What the ledger does not show is absent, never 0.
 */
export function runResult(facts: ReportFacts, { exitCode }: { readonly exitCode: number }): Json {
  const { book, tally, given } = facts;
  const { opened, closed, head } = tally;
  const number = (id: string): number | undefined => numberOf(book.get(id));
  const activeMs = number('cost.activeMs');
  const isFree = number('cost.usd') === 0 && number('cost.tokens') === undefined;
  const { money } = tally;
  const isPaid = number('cost.tokens') !== undefined;
  return plain({
    schema: 'paceline.run/1',
    study: given.id,
    status: closed?.body.reason ?? 'interrupted',
    stoppedBy: closed?.body.stoppedBy,
    reproducible: firstDecision(tally) ? 'replay' : opened?.body.reproducible,
    jail: opened?.body.isolation.match(/\bJ[0-4]\b/)?.[0],
    trials: {
      total: number('trials.total'),
      admitted: number('trials.admitted'),
      ends: Object.fromEntries(tally.ends),
    },
    measurements: Object.fromEntries(OUTCOMES.map((one) => [one, tally.outcomes.get(one) ?? 0])),
    promotions: promotionsJson(facts),
    incumbent: incumbentJson(facts),
    control: controlJson(facts),
    spent: {
      evals: number('evals.total'),
      givenUpEvals: number('evals.givenUp'),
      ...(isFree ? { tokens: 0, microUsd: 0 } : {}),
      ...(isPaid ? money.spent : {}),
      cpuMs: number('cost.cpuMs'),
      wallMs: activeMs,
    },
    ledger: { seq: head.seq, hash: head.hash, logical: given.head?.logical },
    seconds: inSeconds(activeMs),
    cpuSeconds: inSeconds(number('cost.cpuMs')),
    exitCode,
  });
}

function numberOf(fact: Fact | undefined): number | undefined {
  return typeof fact?.value === 'number' ? fact.value : undefined;
}

const SECOND_MS = 1000;

function inSeconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / SECOND_MS;
}

interface Size {
  readonly effect: number;
  /** Absent: exact. */
  readonly interval?: readonly [number, number];
}

/** From "positive is better" to the metric's own direction. */
function inMetric({ goal, kind }: Pick<Metric, 'goal' | 'kind'>, size: Size): Size {
  // A ratio of speeds has a direction of its own.
  if (goal === 'max' || kind === 'time') return size;
  const effect = 0 - size.effect;
  if (!size.interval) return { effect };
  const [low, high] = size.interval;
  return { effect, interval: [0 - high, 0 - low] };
}

function sizeOf(tally: Tally, fact: Fact | undefined): Size | undefined {
  return directed(metricOf(tally), fact);
}

function directed(metric: Pick<Metric, 'goal' | 'kind'>, fact: Fact | undefined): Size | undefined {
  const effect = numberOf(fact);
  if (effect === undefined) return undefined;
  return inMetric(metric, fact?.interval ? { effect, interval: fact.interval } : { effect });
}

function promotionsJson({ book, tally }: ReportFacts): Plain {
  const metric = tally.opened?.body.metric;
  return tally.promotions.map(({ promoted: { trial, seq, body } }) => ({
    trial,
    candidate: body.candidate,
    metric: metric?.name,
    ...sizeOf(tally, book.get(`promotion.${trial}.gain`)),
    unit: metric && gainUnit(metric),
    n: body.n,
    level: body.level,
    exact: exactJson(body),
    others: othersJson({ book, tally }, trial ?? -1),
    seq,
  }));
}

/** Guards and informational metrics over the same pairs; absent where there are none. */
function othersJson({ book, tally }: Pick<ReportFacts, 'book' | 'tally'>, trial: number): Plain {
  const metrics = othersOf(tally);
  if (metrics.length === 0) return undefined;
  return metrics.map(({ name, goal, unit, margin }) => {
    const fact = book.get(otherFact(trial, name));
    const role = margin === undefined ? 'info' : 'guard';
    const size = directed({ goal }, fact);
    return { metric: name, role, ...size, unit, n: fact?.n, margin };
  });
}

/** In place of interval and level: what evaluator and verifier had to agree within. */
function exactJson({ tolerance }: { readonly tolerance?: number | undefined }): Plain {
  return tolerance === undefined ? undefined : { tolerance };
}

function incumbentJson({ tally }: ReportFacts): Plain {
  const { opened, floor } = tally;
  if (!opened) return undefined;
  const { name } = opened.body.metric;
  const split = (values: readonly (number | null)[]): Plain => {
    const summary = summaryOf(opened.body.metric, values);
    return summary && { [name]: summary };
  };
  const last = leadingPromotion(tally);
  return {
    candidate: last?.promoted.body.candidate ?? opened.body.origin,
    parents: last ? last.settled?.body.parents : [],
    metrics: last
      ? {
          train: split(last.settled?.body.values ?? []),
          confirm: split(last.block.values.slice(0, last.promoted.body.n)),
          holdout: holdoutJson(tally),
        }
      : { train: split(floor?.body.values ?? []), holdout: holdoutJson(tally) },
  };
}

/** The last sealed set: its count of questions, and once the study is over the incumbent's figure. */
function holdoutJson({ opened, holdout }: Tally): Plain {
  const set = holdout.sealed.at(-1)?.body;
  if (set === undefined || opened === undefined) return undefined;
  const { metric } = opened.body;
  const { generation, queries } = set;
  const asked = holdout.queried.findLast(({ body }) => body.generation === generation)?.body;
  const shown = holdout.revealed.find(({ body }) => body.generation === generation)?.body;
  const figure = shown && summaryOf(metric, shown.values);
  return {
    set: generation,
    queriesAsked: asked?.query ?? 0,
    queriesLeft: asked?.queriesLeft ?? queries,
    ...(figure ? { [metric.name]: figure } : {}),
  };
}

/** Undefined where a value is missing: a mean of the others would flatter. */
function summaryOf(metric: Metric, values: readonly (number | null)[]): Plain {
  const known = values.filter((value) => value !== null);
  if (known.length === 0 || known.length < values.length) return undefined;
  const sd = known.length > 1 ? sampleSd(known) : undefined;
  return { mean: levelOf(metric, known), sd, n: known.length };
}

/** With the untouched origin among them: the control that does nothing. */
function controlJson({ book, tally }: ReportFacts): Plain {
  const alarms = (tally.opened?.body.arms ?? [])
    .filter(({ search }) => search === 'no-op')
    .map(({ name }) => ({
      arm: name,
      verdict: numberOf(book.get(`alarm.${name}.accepted`)) === 0 ? 'no-alarm' : 'false-alarm',
      claim: book.get(`alarm.${name}.words`)?.value,
    }));
  const compared = tally.comparisons.map(({ body }) => ({
    arm: body.arm,
    at: { evals: body.atEvals },
    unit: 'evals',
    ...sizeOf(tally, book.get(`compared.${body.arm}.gain`)),
    ...(body.n > 0 ? { n: body.n } : {}),
    exact: exactJson(body),
    verdict: body.verdict,
    claim: body.words,
  }));
  return [...compared, ...islandsJson({ book, tally }), ...alarms];
}

function islandsJson({ book, tally }: Pick<ReportFacts, 'book' | 'tally'>): readonly Plain[] {
  const { judged } = tally.islands;
  if (judged === undefined) return [];
  const { atEvals, n, verdict, words: claim, p, finals } = judged.body;
  const size = sizeOf(tally, book.get(`${ISLANDS}.gain`));
  const levels = finals.map(({ arm }) => ({
    arm,
    island: isIslandArm(tally, arm),
    value: numberOf(book.get(`${ISLANDS}.level.${arm}`)),
  }));
  const at = { evals: atEvals };
  return [{ arm: ISLANDS, at, unit: 'evals', ...size, p, n, verdict, claim, finals: levels }];
}

type Plain = Json | undefined | readonly Plain[] | { readonly [key: string]: Plain };

/** Drops what is unknown; foreign text loses what could drive a terminal. */
function plain(value: Plain | object): Json {
  if (typeof value === 'string') return stripControl(value);
  if (typeof value !== 'object' || value === null) return value as Json;
  if (Array.isArray(value)) return value.map(plain);
  const known = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(known.map(([key, one]) => [stripControl(key), plain(one)]));
}
