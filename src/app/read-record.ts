/** JSON records beside the ledgers, read as strictly as they were written. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { PacelineError } from '../core/errors.ts';

/**
 * @param remedy What to do about a damaged one, a sentence.
 * @throws PacelineError `WORKSPACE` for a file that cannot be read or is no such record.
 */
export function readRecord<T>(
  path: string,
  { schema, remedy }: { readonly schema: z.ZodType<T>; readonly remedy: string },
): T {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new PacelineError('WORKSPACE', `${path} is damaged. ${remedy}`, { path }, { cause });
  }
}
