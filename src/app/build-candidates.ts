/** Hand-written candidates: each subfolder of a folder is one, and holds the files that it changes. */
import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { Listed } from '../proposers/scripted.ts';
import type { Files, TaskKind } from '../tasks/contract.ts';
import { filesBelow, readText, sizeOf } from './surface.ts';
import { requirePath } from './task-files.ts';

const KEY = 'proposers.folder';

/** At the top of a candidate's folder it says what the candidate is, and is not part of it. */
export const CASE_FILE = 'case.json';

export interface CandidateFolder {
  readonly root: string;
  readonly folder: string;
  readonly kind: TaskKind;
  /** The editable files as they are: what a candidate does not change. */
  readonly origin: Files;
}

/** @throws PacelineError CONFIG_INVALID or what the task kind says of a candidate that may not be run. */
export function readCandidates(request: CandidateFolder): readonly Listed[] {
  const { root, folder } = request;
  const path = requirePath(root, folder, 'proposers.folder');
  const names = statSync(path).isDirectory() ? readdirSync(path).sort() : [];
  const candidates = names
    .filter((name) => statSync(join(path, name), { throwIfNoEntry: false })?.isDirectory())
    .map((name) => readCandidate(request, join(path, name), name));
  if (candidates.length > 0) return candidates;
  throw new PacelineError(
    'CONFIG_INVALID',
    `proposers.folder names ${path}, which holds no folder. Make one per candidate, with the files it changes under their own paths.`,
    { folder },
  );
}

function readCandidate(request: CandidateFolder, path: string, name: string): Listed {
  const { root, kind, origin } = request;
  const files = filesBelow(path).filter((file) => file !== CASE_FILE);
  const own = files.map((file) => {
    sizeOf(path, file, KEY);
    return [file, readText(path, file, KEY)] as const;
  });
  try {
    const text = kind.fromFiles({ ...origin, ...Object.fromEntries(own) });
    kind.materialise(text);
    const key = sha256(kind.normalise(text));
    return { text, operator: name, key, size: kind.size(text) };
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    const { code, message, data } = error;
    throw new PacelineError(code, `${relative(root, path)}: ${message}`, data, { cause: error });
  }
}
