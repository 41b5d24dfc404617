/** The gates of a task, as people see them: what applies, what it was tried on, how it does in a study. */
import { CHECKS, type CheckName } from '../core/checks.ts';
import { sha256 } from '../core/hash.ts';
import { missesOf, missWords } from '../gatekeeper/missed.ts';
import {
  type GateKind,
  type Qualification,
  qualificationOf,
  reportBySet,
  type SetReport,
} from '../gatekeeper/qualification.ts';
import { readRating } from '../gatekeeper/traps.ts';
import { applicable } from '../gates/floor.ts';
import { openKept } from '../gates/kept.ts';
import { openRecord } from '../gates/record-file.ts';
import { loadConfig } from './config.ts';
import { declarationHere, gateKindOf } from './qualification/qualified.ts';
import { trialTableNow } from './qualification/table.ts';
import { gateRecordPath, pickStudy, readSecret } from './study-files.ts';

export interface GateList {
  readonly checks: readonly {
    readonly check: CheckName;
    readonly what: string;
    /** Why it does not apply; absent where it does. */
    readonly why?: string;
  }[];
  readonly qualification: TriedGates | undefined;
}

export interface TriedGates extends Qualification {
  readonly from: 'shipped' | 'machine';
  /** Of some checks and some cases only. */
  readonly isProvisional: boolean;
  readonly sets: readonly SetReport[];
}

/** Of the config, before any study: what is decided then holds for all its candidates. */
export async function listGates(configFile: string): Promise<GateList> {
  const { config } = loadConfig(configFile);
  const { floor, unchecked } = applicable(await declarationHere(config));
  const off = unchecked.map(({ check, why }) => ({ check, what: CHECKS[check], why }));
  const on = floor.map((check) => ({ check, what: CHECKS[check] }));
  return { checks: [...on, ...off], qualification: triedGates(await gateKindOf(config)) };
}

/** Undefined where nobody has tried these checks. */
function triedGates(kind: GateKind): TriedGates | undefined {
  const found = trialTableNow();
  if (found === undefined) return undefined;
  const { table, from } = found;
  const isProvisional = !table.isWhole;
  return { ...qualificationOf(table, kind), from, isProvisional, sets: reportBySet(table, kind) };
}

/** As the ledger was told last; undefined where no promotion was asked for yet. Nothing is written. */
export function ratingOfStudy(root: string, wanted: string | undefined) {
  const id = pickStudy(root, wanted);
  const secretCommit = sha256(readSecret(root, id));
  const store = openRecord({ path: gateRecordPath(root, id), secretCommit });
  try {
    const kept = openKept({ open: () => store, secretCommit });
    const misses = missesOf(kept);
    return { study: id, ...readRating(kept), misses: { ...misses, words: missWords(misses) } };
  } finally {
    store.close();
  }
}
