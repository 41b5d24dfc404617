/** Reads an improver from outside: of this schema, whole, a solver can be made of it, its net is of its language, its macros of expressions, its settings of the GP engine. */
import { PacelineError } from '../core/errors.ts';
import type { Hash } from '../core/hash.ts';
import { IMPROVER_SCHEMA, type Improver, improverId, improverSchema } from './artifact.ts';
import { gpOf } from './gp/artifact-slots.ts';
import { solverOf } from './solver.ts';
import { vocabularyLanguage } from './vocabulary/read.ts';

/** Levels of a value inside another (included): whatever is longer ends the stack of whoever walks it. */
const DEEPEST = 200;

/** Walked without recursion: it is what protects the others from it. */
function isDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= DEEPEST; depth++) {
    level = level.flatMap((one) => (typeof one === 'object' && one ? Object.values(one) : []));
    if (level.length === 0) return false;
  }
  return true;
}

/**
 * @param expected the id it was stored under: another one means that it was altered.
 * @throws PacelineError IMPROVER_INVALID in one sentence.
 */
export function readImprover(value: unknown, where: string, expected?: Hash): Improver {
  const schema = (value as { readonly schema?: unknown } | null)?.schema;
  if (schema !== IMPROVER_SCHEMA) throw otherSchema(schema, where);
  if (isDeep(value)) throw invalid(where, `it is nested deeper than ${DEEPEST} levels`);
  const parsed = improverSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.join('.') ?? '';
    throw invalid(where, `${path}: ${issue?.message ?? 'is wrong'}`);
  }
  const improver = parsed.data;
  if (expected !== undefined && improverId(improver) !== expected)
    throw new PacelineError(
      'IMPROVER_INVALID',
      `${where} was altered: its content hashes to ${improverId(improver)}, not ${expected}. Import it again from where it came from; an improver is never edited, a change is a new generation.`,
      { where, expected, found: improverId(improver) },
    );
  if ((improver.generation === 0) !== (improver.parent === null))
    throw invalid(where, 'generation 0 has no parent, and every other generation has one');
  solverOf(improver);
  vocabularyLanguage(improver);
  requireSettings(improver, where);
  return improver;
}

/** Of the GP engine: a search that runs under it would find out later. */
function requireSettings(improver: Improver, where: string): void {
  try {
    gpOf(improver);
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    throw invalid(where, `slots: ${error.message}`);
  }
}

const invalid = (where: string, why: string): PacelineError =>
  new PacelineError(
    'IMPROVER_INVALID',
    `${where} is no improver: ${why}. Export it again instead of editing it.`,
    { where, why },
  );

function otherSchema(schema: unknown, where: string): PacelineError {
  const found = typeof schema === 'string' ? `says "${schema}"` : 'names no schema';
  return new PacelineError(
    'IMPROVER_INVALID',
    `${where} ${found}; this version reads ${IMPROVER_SCHEMA}. Export it with this version, or use the version that wrote it.`,
    { where, schema: typeof schema === 'string' ? schema : null },
  );
}
