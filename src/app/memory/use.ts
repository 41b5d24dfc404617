/** What a study that begins takes over from closed ones: dead ends of the same task, and of no other. */
import { PacelineError } from '../../core/errors.ts';
import type { EventBody } from '../../core/events.ts';
import { fittingLessons } from '../../core/lessons.ts';
import { memoryHash, type UsedMemory } from '../../core/memory.ts';
import type { Plan } from '../../loop/plan.ts';
import type { Config } from '../config-schema.ts';
import { lessonLines } from './lesson-words.ts';
import { MOST_USED } from './most-used.ts';
import type { MemoryRecord } from './record.ts';
import { gatherMemory, type Remembered } from './store.ts';
import { taskOf } from './task-of.ts';
import { isRelated } from './view.ts';

/** A crash may be the machine's: once is not enough. */
const REPEATEDLY = 2;

/** The plan of a study that begins, with what it remembers; unchanged where the config does not ask for it. */
export async function withMemory(root: string, config: Config, plan: Plan): Promise<Plan> {
  if (config.memory !== 'on' || config.control.design === 'paired') return plan;
  const { all } = await gatherMemory(root);
  const memory = memoryFor(plan.opened, all);
  const lessons = lessonsFor(plan.opened, config, all);
  if (memory === undefined && lessons === undefined) return plan;
  const { opened } = plan;
  const replay = {
    reproducible: 'replay',
    why: 'it began with what earlier studies found',
  } as const;
  return {
    ...plan,
    opened: {
      ...opened,
      ...(opened.reproducible === 'rerun' ? replay : {}),
      ...(memory ? { memory } : {}),
      ...(lessons ? { lessons } : {}),
    },
  };
}

/** Proposers that write by a prompt. */
const PROMPTED: ReadonlySet<string> = new Set(['llm', 'agent']);

/** Of its improver, then of the same task, then of related ones, as far as there is room; undefined where nobody reads them. */
export function lessonsFor(
  opened: EventBody['study.opened'],
  { proposers }: Pick<Config, 'proposers'>,
  all: readonly Remembered[],
): readonly string[] | undefined {
  if (!proposers.some(({ use }) => PROMPTED.has(use))) return undefined;
  const task = taskOf(opened);
  const known = all.filter(
    ({ record, isForgotten }) => !isForgotten && isRelated(record.task, task),
  );
  const isSame = ({ record }: Remembered): boolean => record.task.id === task.id;
  const ordered = [...known.filter(isSame), ...known.filter((one) => !isSame(one))];
  const found = ordered.flatMap(({ record }) => lessonLines(record));
  const lessons = fittingLessons([...(opened.lessons ?? []), ...found]);
  return found.length > 0 ? lessons : undefined;
}

/** When a study has closed: what it found is known, whatever becomes of the memory. */
export async function leaveMemory(root: string): Promise<void> {
  try {
    await gatherMemory(root);
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    process.emitWarning(error.message, 'Paceline');
  }
}

/** Undefined where no study of the task left anything; with what its improver says, where it says any. */
export function memoryFor(
  opened: EventBody['study.opened'],
  all: readonly Remembered[],
): UsedMemory | undefined {
  const { id } = taskOf(opened);
  const same = all.filter(({ record, isForgotten }) => !isForgotten && record.task.id === id);
  const records = same.map(({ record }) => record);
  const keys = deadKeys(records);
  const { from: before = [], deadEnds = [] } = opened.memory ?? {};
  const promoted = promotedIn(records);
  const told = deadEnds.filter(([key]) => !promoted.has(key));
  if (keys.length === 0 && told.length === deadEnds.length) return undefined;
  const known = new Set(keys.map(([key]) => key));
  const from = same.map(({ id: record, record: { study } }) => ({ study, record }));
  const used = {
    from: [...before, ...from],
    deadEnds: [
      ...keys.map(([key, at]) => [key, before.length + at] as const),
      ...told.filter(([key]) => !known.has(key)),
    ].slice(0, MOST_USED),
  };
  return { hash: memoryHash(used), ...used };
}

export const promotedIn = (records: readonly MemoryRecord[]): ReadonlySet<string> =>
  new Set(records.flatMap(({ effects }) => effects.gains.map(({ key }) => key)));

/** Of several studies of one task; whatever one of them promoted is no dead end. */
export function deadKeys(records: readonly MemoryRecord[]): readonly (readonly [string, number])[] {
  const promoted = promotedIn(records);
  const found = new Map<string, { at: number; n: number; failures: number; isMeasured: boolean }>();
  const of = (key: string, at: number) => {
    const one = found.get(key) ?? { at, n: 0, failures: 0, isMeasured: false };
    found.set(key, one);
    return one;
  };
  records.forEach(({ deadEnds, failed }, at) => {
    for (const { key, n } of deadEnds) {
      const one = of(key, at);
      one.n += n;
      one.isMeasured = true;
    }
    for (const { key, times } of failed) of(key, at).failures += times;
  });
  return [...found]
    .filter(([key, one]) => !promoted.has(key) && (one.isMeasured || one.failures >= REPEATEDLY))
    .sort(([, a], [, b]) => b.n + b.failures - (a.n + a.failures))
    .map(([key, { at }]) => [key, at] as const);
}
