/** The sealed store of evidence: one file for each, named by its hash, mode 0600, below the gate's folder. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import { canonicalJson, type Hash, sha256 } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import { createWhole } from '../stores/durable.ts';
import type { EvidenceStore } from './contract.ts';

const OWNER_ONLY = 0o600;

export function evidenceFolder(folder: string): EvidenceStore {
  const pathOf = (hash: Hash): string => join(folder, `${hash.replace('sha256:', '')}.json`);
  return {
    put(evidence) {
      const text = canonicalJson(evidence);
      const hash = sha256(text);
      const path = pathOf(hash);
      if (!isWhole(path, hash)) write(path, text);
      return hash;
    },
    get(hash) {
      const path = pathOf(hash);
      if (!existsSync(path)) throw gone(path, 'is gone');
      const text = readFileSync(path, 'utf8');
      if (sha256(text) !== hash) throw gone(path, 'is not what the gate wrote');
      return JSON.parse(text) as Json;
    },
  };
}

function write(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    createWhole(path, text, { mode: OWNER_ONLY });
  } catch (cause) {
    throw new PacelineError(
      'GATE_STORE',
      `The evidence ${path} cannot be written: ${(cause as Error).message}. What was found is no verdict before it is: make the folder writable or free some space, then run paceline resume.`,
      { path },
      { cause },
    );
  }
}

function isWhole(path: string, hash: Hash): boolean {
  return existsSync(path) && sha256(readFileSync(path, 'utf8')) === hash;
}

function gone(path: string, what: string): PacelineError {
  return new PacelineError(
    'GATE_STORE',
    `The evidence ${path} ${what}, so this verdict cannot be shown to rest on anything. Restore the file from a copy; until then it counts as no verdict.`,
    { path },
  );
}
