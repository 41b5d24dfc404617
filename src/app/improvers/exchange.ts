/** Improvers in one file, to send or to keep: a generation with all its parents. */
import type { Json } from '../../core/json.ts';
import { replaceDurably } from '../../stores/durable.ts';
import { unwritable } from '../file-fault.ts';
import {
  jsonOf,
  type KeptImprover,
  keepImprover,
  LINEAGE_SCHEMA,
  lineageOf,
  readLineage,
} from './store.ts';

/** Writes the file whole; how many generations are in it. */
export function exportImprover(root: string, one: KeptImprover, file: string): number {
  const improvers = lineageOf(root, one);
  const json = { schema: LINEAGE_SCHEMA, improvers } as unknown as Json;
  try {
    replaceDurably(file, `${JSON.stringify(json)}\n`);
  } catch (error) {
    throw unwritable(file, error);
  }
  return improvers.length;
}

/** Everything in the file is read and checked before the first is kept. */
export function importImprovers(root: string, file: string): readonly KeptImprover[] {
  return readLineage(jsonOf(file), file).map(({ improver }) => keepImprover(root, improver));
}
