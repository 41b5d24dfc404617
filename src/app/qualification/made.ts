/** Known cases made from a task's own origin: of the corpus' tasks, and of a person's. */
import { sha256 } from '../../core/hash.ts';
import { publicRoot } from '../../core/rng.ts';
import type { CaseResult, Evaluator } from '../../evaluators/contract.ts';
import type { KnownCase } from '../../gatekeeper/known.ts';
import type { Vocabulary } from '../../lang/vocabulary.ts';
import { iqrScale, sampleSd } from '../../stats/summary.ts';
import { metricOf } from '../build-judge.ts';
import type { Config } from '../config-schema.ts';
import { isTimed } from '../config-time.ts';
import type { JudgedTask } from '../judged-task.ts';
import { vocabularyOf } from '../task-kind.ts';
import { equalForests, variedForests } from './made-forest.ts';
import { type MadeCase, madeOfSource } from './made-source.ts';
import { tampering } from './made-tampering.ts';

export interface MadeRequest {
  readonly judged: Pick<JudgedTask, 'kind' | 'originText'>;
  readonly config: Config;
  /** Absent: only what need not be measured to be known. */
  readonly judge?: Pick<Evaluator, 'measure'>;
}

/** Variations of a forest that are looked at, and cases that say whether one is worse. */
const VARIED = 90;
const CASES = 24;
const MOST_WORSE = 35;
const MOST_EQUAL = 30;
/**
 * Three times the margin of C3, 2 standard deviations of one evaluation: it takes them from eight evaluations, so that
 * its own margin may be twice as wide as meant.
 */
const CLEARLY_WORSE = 6;

export async function madeCases(
  { judged, config, judge }: MadeRequest,
  signal: AbortSignal,
): Promise<readonly KnownCase[]> {
  const { kind, originText } = judged;
  const made = config.language
    ? [
        ...(judge ? await worseForests({ judged, config, judge }, signal) : []),
        ...equalOf(originText, vocabularyOf(config.language)),
      ]
    : madeOfSource(kind.toFiles(originText)).map(({ name, is, family, files }) => ({
        name,
        is,
        family,
        text: kind.fromFiles(files),
      }));
  const cases = made.map(({ name, is, family, text }): KnownCase => {
    return { name, is, class: family, candidate: { id: sha256(text), text } };
  });
  return [...cases, ...tampering(originText)];
}

interface Text extends Omit<MadeCase, 'files'> {
  readonly text: string;
}

async function worseForests(
  { judged, config, judge }: MadeRequest & Required<Pick<MadeRequest, 'judge'>>,
  signal: AbortSignal,
): Promise<readonly Text[]> {
  const { originText: origin } = judged;
  if (config.language === undefined || isTimed(config)) return [];
  const vocabulary = vocabularyOf(config.language);
  const root = publicRoot('known forests');
  const texts = variedForests(origin, vocabulary, { root, count: VARIED });
  const cases = Array.from({ length: CASES }, (_, i) => root.stream(-1, 'case', i).u32());
  const before = await valuesOf(judge, origin, { cases, signal });
  const scale = iqrScale(before) || sampleSd(before);
  const sign = metricOf(config).goal === 'max' ? 1 : -1;
  const worse: Text[] = [];
  for (const text of texts) {
    if (worse.length >= MOST_WORSE) break;
    const values = await valuesOf(judge, text, { cases, signal });
    const losses = values.map((value, i) => sign * ((before[i] ?? Number.NaN) - value));
    const isWorse = losses.every(Number.isFinite) && median(losses) > CLEARLY_WORSE * scale;
    if (isWorse)
      worse.push({ name: `varied ${worse.length + 1}`, is: 'cheat', family: 'worse', text });
  }
  return worse;
}

function equalOf(origin: string, vocabulary: Vocabulary): readonly Text[] {
  return equalForests(origin, vocabulary)
    .slice(0, MOST_EQUAL)
    .map(([name, text]): Text => ({ name, is: 'honest', family: 'rewrite', text }));
}

async function valuesOf(
  judge: Pick<Evaluator, 'measure'>,
  text: string,
  { cases, signal }: { readonly cases: readonly number[]; readonly signal: AbortSignal },
): Promise<readonly number[]> {
  const candidate = { id: sha256(text), text };
  const [measured] = await judge.measure([{ candidate, cases }], signal);
  return (measured?.cases ?? []).map((one: CaseResult) =>
    one.outcome === 'scored' ? one.value : Number.NaN,
  );
}

function median(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.floor(ordered.length / 2)] ?? Number.NaN;
}
