/** What is said once and stays: the study, its noise, every promotion. */
import { auditEvaluator, auditLine } from '../../claims/evaluator-audit.ts';
import { exactBy } from '../../claims/exact.ts';
import { type Metric, orient, scaleInUnit, unorient } from '../../claims/orient.ts';
import { type OtherMetric, otherMetrics } from '../../claims/other-metrics.ts';
import type { EventBody, StoredEvent } from '../../core/events.ts';
import { noiseFloor } from '../../stats/noise-floor.ts';
import { oneLine } from '../plain-text.ts';
import { decisionWords, requestWords } from '../report/approval-words.ts';
import { queriedWords, retiredWords } from '../report/holdout-words.ts';
import {
  countedText,
  countText,
  exactText,
  gainText,
  numberText,
  shortHash,
  withUnit,
} from '../report/number-text.ts';
import { otherLabel, otherText } from '../report/other-text.ts';
import { steeringWords } from '../report/steering-words.ts';
import { MAIN_ARM } from '../report/tally.ts';
import { CREDENTIALS_WORDS, classWords, type ReadableRule, ruleOf } from '../report/words.ts';

export interface WatchedMetric extends Metric {
  /** Guards and informational metrics. */
  readonly others?: readonly OtherMetric[];
  /** What the noise is to fit. */
  readonly rule?: ReadableRule;
}

export function watchedMetric({ metric, rule, info }: EventBody['study.opened']): WatchedMetric {
  const read = ruleOf(rule);
  return { ...metric, others: otherMetrics(read, info), rule: read };
}

/** What is known of it before the first entry is seen. */
const UNKNOWN: WatchedMetric = { name: 'metric', unit: '', goal: 'max' };

/** No line, or one; two for the noise floor. */
export function announcement(
  event: StoredEvent,
  metric: WatchedMetric | undefined,
): readonly string[] {
  const line = lineOf(event, metric ?? UNKNOWN);
  const lines = line === undefined ? [] : [oneLine(line)];
  if (event.type !== 'noise.measured') return lines;
  const remarks = auditEvaluator(event.body, metric ?? UNKNOWN, metric?.rule);
  return [...lines, oneLine(`Evaluator audit: ${auditLine(remarks, event.body)}`)];
}

function lineOf(event: StoredEvent, metric: WatchedMetric): string | undefined {
  switch (event.type) {
    case 'study.opened':
      return openedLine(event.body);
    case 'study.resumed':
      return `Resumed after entry ${countText(event.body.fromSeq)}.`;
    case 'study.steered':
      return steeredLine(event.body);
    case 'noise.measured':
      return floorLine(event.body, metric);
    case 'trial.confirmed':
      return heldBackLine(event);
    case 'holdout.sealed':
      return sealedLine(event.body);
    case 'holdout.queried':
      return queriedLine(event);
    case 'approval.requested':
      return `Waits for a person: request ${event.body.approval}, ${requestWords(event.body)}. See paceline approve.`;
    case 'approval.decided':
      return `Request ${event.body.approval}: ${decisionWords(event.body)}.`;
    case 'candidate.promoted':
      return promotedLine(event, metric);
    case 'gate.judged':
      return judgedLine(event);
    case 'audit.finished':
      return auditedLine(event.body);
    case 'incident.opened':
      return `Incident ${event.body.incident} (${event.body.kind}): nothing is promoted until a person closes it. See paceline incidents show ${event.body.incident}.`;
    case 'candidate.rolled-back':
      return `Put back to candidate ${shortHash(event.body.to)}: ${event.body.why}.`;
    default:
      return undefined;
  }
}

function steeredLine({ by, said, declines, takes }: EventBody['study.steered']): string {
  const ended = declines === undefined ? '' : ` Trial ${countText(declines)} ends as declined.`;
  const tried = takes === undefined ? '' : ` Trial ${countText(takes.trial)} tries it.`;
  return `Taken up from ${by}: ${steeringWords(said)}.${ended}${tried}`;
}

/** What holds the candidates of a study: said under its first line, of several studies alike once. */
export function isolationLine(event: StoredEvent): string | undefined {
  if (event.type === 'study.resumed') {
    const { isolation } = event.body;
    return isolation ? oneLine(`Isolation: ${isolation}`) : undefined;
  }
  if (event.type !== 'study.opened') return undefined;
  const { isolation, evaluatorClass, lanes } = event.body;
  const fused = evaluatorClass === 'fused' ? `; ${classWords('fused')}` : '';
  const holds = lanes.some((lane) => lane.holdsCredentials) ? `; ${CREDENTIALS_WORDS}` : '';
  return oneLine(`Isolation: ${isolation || 'not recorded'}${fused}${holds}`);
}

function openedLine({ name, metric, improver }: EventBody['study.opened']): string {
  const better = metric.goal === 'min' ? 'lower' : 'higher';
  const unit = metric.unit === '' ? '' : `${metric.unit}, `;
  const under = improver ? `, under improver generation ${improver.generation}` : '';
  return `Paceline study ${name}: ${metric.name} (${unit}${better} is better)${under}`;
}

function floorLine(body: EventBody['noise.measured'], metric: WatchedMetric): string {
  const { values, deterministic, verified } = body;
  if (verified !== undefined) {
    return `Origin ${withUnit(exactText(verified), metric.unit)} (${exactBy(metric.rule?.isItself)}); the evaluator gives one value on every seed.`;
  }
  const floor = noiseFloor(values.map((value) => orient(metric, value)));
  const level = unorient(metric, floor.mean);
  const scale = scaleInUnit(metric, floor.scale, level);
  const repeats = deterministic ? 'repeats exactly' : 'varies';
  return `Origin ${withUnit(numberText(level), metric.unit)}, noise σ ${numberText(scale)} over ${countText(values.length)} evaluations; the same seed ${repeats}.`;
}

/** A challenger that more than its evidence held back: a guard, or a pair its test must not see. */
function heldBackLine({ trial = -1, body }: StoredEvent<'trial.confirmed'>): string | undefined {
  const isExact = body.alpha === undefined;
  if (body.arm !== MAIN_ARM || body.why === undefined) return undefined;
  if (isExact && body.guards === undefined) return undefined;
  return `Trial ${countText(trial)} not accepted: ${body.why} (after ${countedText(body.n, 'pair')})`;
}

function sealedLine({ generation, cases, queries }: EventBody['holdout.sealed']): string {
  return `Hold-out set ${countText(generation)} sealed: ${countText(cases)} cases, ${countText(queries)} questions.`;
}

function queriedLine({ trial = -1, body }: StoredEvent<'holdout.queried'>): string {
  const end = retiredWords(body);
  const set = end === undefined ? '' : `; the set is ${end}`;
  return `Trial ${countText(trial)} at the hold-out: ${queriedWords(body)}${set}`;
}

/** The verdict, and where a person reads what stands behind it. */
function judgedLine({ trial = -1, body }: StoredEvent<'gate.judged'>): string | undefined {
  if (body.verdict === 'pass') return undefined;
  const said =
    body.verdict === 'fail'
      ? 'refused by the gates'
      : 'without a verdict of the gates, which is no pass';
  return `Trial ${countText(trial)} ${said}: paceline show ${shortHash(body.candidate)} --why`;
}

function auditedLine({ audit, verdict }: EventBody['audit.finished']): string | undefined {
  if (verdict === 'pass') return undefined;
  const said = verdict === 'fail' ? 'failed' : 'gave no verdict';
  return `Deep audit ${countText(audit)} ${said}.`;
}

/** Notes that change what the line says (claims/decide.ts). */
const NOT_PRECISE = 'gain not yet precise';
const INCONCLUSIVE = 'inconclusive:';

function promotedLine(event: StoredEvent<'candidate.promoted'>, metric: WatchedMetric): string {
  const { trial = -1, body } = event;
  const { gain, interval, n, level, notes } = body;
  const size = gainText({ effect: gain, interval, isItself: metric.rule?.isItself }, metric);
  const name = `Promoted trial ${countText(trial)}:`;
  if (level === undefined) return `${name} better by ${size}${othersText(body, metric)}`;
  const doubts = notes.filter((note) => note.startsWith(INCONCLUSIVE));
  const found = notes.includes(NOT_PRECISE)
    ? 'accepted, gain not yet precise:'
    : doubts.length > 0
      ? 'accepted, measured as'
      : metric.kind === 'time'
        ? 'accepted,'
        : 'better by';
  const pairs = `(${numberText(100 * level)} % interval, ${countText(n)} fresh pairs)`;
  const said = doubts.map((note) => `; ${note}`).join('');
  return `${name} ${found} ${size} ${pairs}${said}${othersText(body, metric)}`;
}

function othersText(body: EventBody['candidate.promoted'], { others = [] }: WatchedMetric): string {
  const texts = others.flatMap((metric) => {
    const gain = body.others?.find(({ name }) => name === metric.name);
    return gain ? [`; ${otherLabel(metric)} ${otherText(metric, gain)}`] : [];
  });
  return texts.join('');
}
