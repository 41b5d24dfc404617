/** From what the evaluator gave for the initial program to the rest of the config: metric, rule, stages, timeout. */
import { floorCases } from '../../claims/screen.ts';
import { PacelineError } from '../../core/errors.ts';
import { type Mapped, SCORE } from './describe.ts';
import { EVALUATOR } from './folder.ts';
import { functionOf, metricName } from './functions.ts';
import type { Looked } from './looked.ts';

/** A rollout is one process that scores this many cases, at the worst. */
const MOST_CASES = floorCases({ mode: 'fwer' });
const MARGIN = 3;

export interface Settled {
  /** As paceline.yaml would have it, whole. */
  readonly value: Readonly<Record<string, unknown>>;
  /** What was decided by what the evaluator gave, one sentence each. */
  readonly said: readonly string[];
}

/** The config with what the look has told. The last function decides; those before it are stages. */
export function settled(mapped: Mapped, looked: readonly Looked[]): Settled {
  const last = looked.at(-1);
  if (last === undefined) throw new Error('an evaluator without a function');
  const { value, dimensions } = mapped;
  refuseHiccups(last);
  const isConstant = isOneValue(last);
  const stages = isConstant ? [] : stagesOf(mapped, looked.slice(0, -1));
  const evaluator = value['evaluator'] as { readonly timeout: string };
  const longMs = Math.ceil((MARGIN * MOST_CASES * last.wallMs) / 1000) * 1000;
  const written = Number.parseFloat(evaluator.timeout) * 1000;
  return {
    value: {
      ...value,
      evaluator: {
        ...evaluator,
        ...functionOf(mapped, last.function, last.isMean),
        metrics: metricsOf(last, dimensions),
        timeout: `${Math.max(longMs, written)}ms`,
        ...(isConstant || last.repeats ? {} : { deterministic: false }),
        ...(stages.length > 0 ? { stages } : {}),
      },
      ...(isConstant
        ? { rule: { mode: 'exact', exact: { tolerance: 0, verifier: 'itself' } } }
        : {}),
    },
    said: saidOf({ mapped, looked, last, isConstant, kept: stages.length }),
  };
}

function isOneValue({ values, repeats }: Looked): boolean {
  return repeats && values.length > 0 && values.every((one) => one === values[0]);
}

/** Of values of an evaluator that does not repeat itself, the share above which they are one with a hiccup now and then. */
const MOSTLY = 0.8;
/** Fewer values do not tell. */
const ENOUGH = 10;

/** Too seldom another value to be told from noise, too often to be one exact value. */
function refuseHiccups({ function: name, values, repeats }: Looked): void {
  if (repeats || values.length < ENOUGH) return;
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [usual = Number.NaN, times = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  if (times < MOSTLY * values.length) return;
  const other = values.find((value) => value !== usual) ?? Number.NaN;
  throw new PacelineError(
    'EVALUATOR_FAILED',
    `${name} of ${EVALUATOR} gave ${usual} in ${times} of ${values.length} runs of the initial program, and another value, such as ${other}, in the rest: too often for one exact value, too seldom for noise that could be tested against. It probably depends on how busy the machine is: take run times out of the score, or try again while nothing else runs. Nothing was spent.`,
    { usual, other },
  );
}

/** What is said before the evaluator was asked: nothing that it returns is known. */
export function unlooked({ functions }: Mapped): readonly Looked[] {
  return functions.map((name) => ({
    function: name,
    isMean: false,
    values: [],
    repeats: true,
    wallMs: 0,
  }));
}

const INFO_NAME = /^[A-Za-z]\w*$/;
const BUILT_IN: ReadonlySet<string> = new Set(['complexity', 'diversity', 'score']);

function metricsOf({ isMean }: Looked, dimensions: readonly string[]): readonly object[] {
  const own = dimensions.filter(
    (one) => INFO_NAME.test(one) && !BUILT_IN.has(one) && one !== SCORE,
  );
  return [
    { name: metricName(isMean), goal: 'max', unit: 'points' },
    ...own.map((name) => ({ name, goal: 'max', unit: 'points', role: 'info' })),
  ];
}

/** Those that the initial program passes: one that it does not would stop everything. */
function stagesOf(mapped: Mapped, looked: readonly Looked[]): readonly object[] {
  const { timeout } = mapped.value['evaluator'] as { readonly timeout: string };
  return looked.flatMap((one, i) => {
    const { function: name, isMean } = one;
    const threshold = thresholdOf(mapped, i);
    if (isStopped(one, threshold)) return [];
    return [
      {
        use: 'python-evaluate',
        name: name.replace('evaluate_', ''),
        module: EVALUATOR,
        ...functionOf(mapped, name, isMean),
        metric: { name: metricName(isMean), goal: 'max' },
        threshold,
        timeout,
      },
    ];
  });
}

function thresholdOf({ thresholds }: Mapped, i: number): number {
  return thresholds[i] ?? 0;
}

function isStopped({ values }: Looked, threshold: number): boolean {
  return values.some((value) => value < threshold);
}

interface Saying {
  readonly mapped: Mapped;
  readonly looked: readonly Looked[];
  readonly last: Looked;
  readonly isConstant: boolean;
  readonly kept: number;
}

function saidOf({ mapped, looked, last, isConstant, kept }: Saying): readonly string[] {
  const name = last.function;
  const before = looked.slice(0, -1);
  const stopped = before.filter((one, i) => isStopped(one, thresholdOf(mapped, i)));
  const value = Number((last.values[0] ?? Number.NaN).toPrecision(4));
  return [
    ...(last.isMean
      ? [
          `${name} returns no ${SCORE}: the mean of its numbers is improved, as OpenEvolve does. Of each of them more counts as better, times and errors included: return a ${SCORE} where that is not meant.`,
        ]
      : []),
    isConstant
      ? `${name} gave ${value} on every seed: one exact value, so nothing can be tested on fresh instances. A promotion is a difference of values, measured again by the evaluator itself; no second program looks.`
      : `${name} gave ${value} first, and other values on other seeds${last.repeats ? '' : ', and on the same one'}: promotions are tested on fresh seeds.`,
    ...(isConstant && before.length > 0
      ? ['The stages before it are left out: an exact study has none.']
      : stopped.map(
          (one) =>
            `${one.function} is left out: it would stop ${mapped.program} itself at its threshold.`,
        )),
    ...(kept > 0 ? [`Cheap stages before it: ${kept}.`] : []),
  ];
}
