/**
 * The gatekeeper's own secret of a study, from which all its cases come: made once, whole from its first
 * moment, and for its owner alone.
 */
import { randomBytes } from 'node:crypto';
import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { PacelineError } from '../../core/errors.ts';
import { createWhole } from '../../stores/durable.ts';

const OWNER_ONLY = 0o600;
const OTHERS = 0o077;
const SECRET = /^[0-9a-f]{64}$/;
const BYTES = 32;

export interface OwnSecret {
  readonly path: string;
  /** Something was judged already: there has to be one. */
  readonly isNeeded: boolean;
}

/** @throws PacelineError `GATE_STORE` for one that is gone, cut off, or can be read by others. */
export function ownSecret({ path, isNeeded }: OwnSecret): string {
  if (statOf(path) === undefined) {
    if (isNeeded) throw refused(path, 'is gone', 'Restore it from a copy, or start a new study');
    createWhole(path, randomBytes(BYTES).toString('hex'), { mode: OWNER_ONLY, once: true });
  }
  const stat = statOf(path);
  if (!stat?.isFile()) throw refused(path, 'is no file', 'Restore it from a copy');
  if ((stat.mode & OTHERS) !== 0) {
    const then = `Close it: chmod 600 ${path}. If somebody may have read it meanwhile, start a new study`;
    throw refused(path, 'can be read or written by other users', then);
  }
  const secret = readFileSync(path, 'utf8').trim();
  if (SECRET.test(secret)) return secret;
  throw refused(path, 'is empty or cut off', 'Restore it from a copy, or start a new study');
}

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function refused(path: string, what: string, then: string): PacelineError {
  const why = 'whoever knows it knows the cases, and whoever has another cannot go on with these';
  return new PacelineError(
    'GATE_STORE',
    `The gatekeeper's secret ${path} ${what}, so nothing is judged: ${why}. ${then}.`,
    { path },
  );
}
