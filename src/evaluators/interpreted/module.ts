/** A task's own, trusted interpreter module: the rows a policy is asked about, and the scoring. */
import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PacelineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { Situations } from '../../lang/behaviour.ts';
import type { Columns } from '../../lang/interpret.ts';

export type Parameters = Readonly<Record<string, Json>>;

export interface InterpreterModule {
  /** Every row a slot can ever be asked about; a score looks values up by row. */
  readonly rows: Readonly<Record<string, Columns>>;
  /**
   * Metrics of one case. A table holds one value per row of its slot (bools as 0 and 1) and is only
   * valid during the call.
   */
  readonly score: (
    tables: Readonly<Record<string, Float64Array>>,
    seed: number,
    params: Parameters,
  ) => Readonly<Record<string, number>>;
  /** Recorded decisions for behaviour hashes; absent where the task has none. */
  readonly situations?: Situations;
}

/**
 * Imports the module by path (relative to the working folder) or file URL. It runs in this process
 * with all rights: it belongs to the task, never to a candidate.
 *
 * @throws PacelineError EVALUATOR_FAILED when it cannot be imported or lacks `rows` or `score`.
 */
export async function loadInterpreterModule(module: string): Promise<InterpreterModule> {
  const exported = await importModule(module);
  const { rows, score, situations } = exported;
  if (typeof rows !== 'object' || rows === null) {
    throw refuse(module, 'it exports no `rows`, one set of columns for each slot');
  }
  if (typeof score !== 'function') {
    throw refuse(module, 'it exports no function `score(tables, seed, params)`');
  }
  const slots = Object.entries(rows).map(([slot, value]) => [slot, columnsOf(module, slot, value)]);
  return {
    rows: Object.fromEntries(slots),
    score: score as InterpreterModule['score'],
    ...(situations === undefined ? {} : { situations: situationsOf(module, situations) }),
  };
}

function situationsOf(module: string, value: unknown): Situations {
  const { rows, groupSize, valued } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof groupSize !== 'number' || !Number.isInteger(groupSize) || groupSize < 1) {
    throw refuse(module, '`situations.groupSize` is not a whole number of rows');
  }
  if (
    valued !== undefined &&
    !(Array.isArray(valued) && valued.every((one) => typeof one === 'string'))
  ) {
    throw refuse(module, '`situations.valued` is not a list of slot names');
  }
  const base = { rows: columnsOf(module, 'situations', rows), groupSize };
  return valued === undefined ? base : { ...base, valued };
}

async function importModule(module: string): Promise<Readonly<Record<string, unknown>>> {
  const isUrl = module.startsWith('file:');
  const path = isAbsolute(module) ? module : resolve(module);
  try {
    return await import(isUrl ? module : pathToFileURL(path).href);
  } catch (cause) {
    throw refuse(module, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Accepts `{ length, columns }` or the bare record of columns, as typed or plain arrays. */
function columnsOf(module: string, slot: string, value: unknown): Columns {
  const given = (value ?? {}) as Readonly<Record<string, unknown>>;
  const bare = typeof given.columns === 'object' && given.columns !== null ? given.columns : given;
  const columns = Object.entries(bare).map(
    ([name, list]) => [name, columnOf(module, `${slot}.${name}`, list)] as const,
  );
  const length = typeof given.length === 'number' ? given.length : columns[0]?.[1].length;
  if (length === undefined || columns.some(([, column]) => column.length !== length)) {
    throw refuse(module, `the columns of ${slot} are not all of one length`);
  }
  return { length, columns: Object.fromEntries(columns) };
}

function columnOf(module: string, name: string, list: unknown): Float64Array {
  if (list instanceof Float64Array) return list;
  if (Array.isArray(list) && list.every((one) => typeof one === 'number')) {
    return Float64Array.from(list);
  }
  throw refuse(module, `the column ${name} is not a Float64Array`);
}

function refuse(module: string, reason: string, options?: ErrorOptions): PacelineError {
  return new PacelineError(
    'EVALUATOR_FAILED',
    `The interpreter module ${module} cannot be used: ${reason}. Correct the module, or leave it out to score every candidate with the evaluator itself.`,
    { module, reason },
    options,
  );
}
