/** What a person is shown of a record: its distributions in figures, and the other studies it concerns. */
import { quantile } from '../../stats/summary.ts';
import type { MemoryRecord } from './record.ts';
import type { Remembered } from './store.ts';

export interface Spread {
  readonly n: number;
  readonly quartiles: readonly [number, number, number];
}

export interface MemoryView extends Remembered {
  /** Oriented gains of promotions; absent without one. */
  readonly gains?: Spread;
  /** Gain by the confirm as a share of the gain by the screen; absent without a challenger whose screen saw one. */
  readonly kept?: Spread;
  /** Studies whose dead ends it shares. */
  readonly sameTask: readonly string[];
  /** Studies with its evaluator or its origin, and another task: their lessons are read, their dead ends not used. */
  readonly related: readonly string[];
}

export function memoryView(one: Remembered, all: readonly Remembered[]): MemoryView {
  const { gains, shrinkage } = one.record.effects;
  const others = all.filter(({ id }) => id !== one.id);
  const names = (fits: (record: MemoryRecord) => boolean): readonly string[] =>
    others.filter(({ record }) => fits(record)).map(({ record }) => record.study);
  const isSame = ({ task }: MemoryRecord): boolean => task.id === one.record.task.id;
  const ofGains = spread(gains.map(({ gain }) => gain));
  const kept = spread(
    shrinkage.flatMap(([screen, confirm]) => (screen > 0 ? [confirm / screen] : [])),
  );
  return {
    ...one,
    ...(ofGains ? { gains: ofGains } : {}),
    ...(kept ? { kept } : {}),
    sameTask: names(isSame),
    related: names((record) => !isSame(record) && isRelated(record.task, one.record.task)),
  };
}

type Task = Pick<MemoryRecord['task'], 'evaluator' | 'origin'>;

/** Judged by the same files, or begun from the same text. */
export function isRelated(a: Task, b: Task): boolean {
  return a.evaluator === b.evaluator || a.origin === b.origin;
}

function spread(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const [low, middle, high] = [
    quantile(values, 0.25),
    quantile(values, 0.5),
    quantile(values, 0.75),
  ];
  return { n: values.length, quartiles: [low, middle, high] };
}
