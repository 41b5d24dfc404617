/** What a study that begins takes over from closed ones: dead ends of the same task, and of no other. */
import { PacelineError } from '../../core/errors.ts';
import type { EventBody } from '../../core/events.ts';
import { memoryHash, type UsedMemory } from '../../core/memory.ts';
import type { Plan } from '../../loop/plan.ts';
import type { Config } from '../config-schema.ts';
import { taskOf } from './derive.ts';
import type { MemoryRecord } from './record.ts';
import { gatherMemory, type Remembered } from './store.ts';

/** All of it stands in the first entry of the study, which every command reads. */
export const MOST_USED = 2000;
/** A crash may be the machine's: once is not enough. */
const REPEATEDLY = 2;

/** The plan of a study that begins, with what it remembers; unchanged where the config does not ask for it. */
export async function withMemory(root: string, config: Config, plan: Plan): Promise<Plan> {
  if (config.memory !== 'on' || config.control.design === 'paired') return plan;
  const { all } = await gatherMemory(root);
  const memory = memoryFor(plan.opened, all);
  if (memory === undefined) return plan;
  const isRerun = plan.opened.reproducible === 'rerun';
  const replay = {
    reproducible: 'replay',
    why: 'it began with dead ends of earlier studies',
  } as const;
  return { ...plan, opened: { ...plan.opened, ...(isRerun ? replay : {}), memory } };
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

/** Undefined where nothing is known of the task. */
export function memoryFor(
  opened: EventBody['study.opened'],
  all: readonly Remembered[],
): UsedMemory | undefined {
  const { id } = taskOf(opened);
  const same = all.filter(({ record, isForgotten }) => !isForgotten && record.task.id === id);
  const keys = deadKeys(same.map(({ record }) => record));
  if (keys.length === 0) return undefined;
  const from = same.map(({ id: record, record: { study } }) => ({ study, record }));
  const used = { from, deadEnds: keys.slice(0, MOST_USED) };
  return { hash: memoryHash(used), ...used };
}

/** Of several studies of one task; whatever one of them promoted is no dead end. */
function deadKeys(records: readonly MemoryRecord[]): readonly (readonly [string, number])[] {
  const promoted = new Set(records.flatMap(({ effects }) => effects.gains.map(({ key }) => key)));
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
