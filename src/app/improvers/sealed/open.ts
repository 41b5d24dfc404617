/** Opens a seal: once for each release, for one comparison, whose plan is in the ledger before anything is measured. */
import type { Clock } from '../../../core/clock.ts';
import { PacelineError } from '../../../core/errors.ts';
import { canonicalJson } from '../../../core/hash.ts';
import type { Json } from '../../../core/json.ts';
import { folderSigner } from '../../../gatekeeper/keys.ts';
import {
  CLOSED,
  type Journal,
  journalIn,
  PLANNED,
  plannedEntry,
  RESUMED,
  REVEALED,
} from '../compare/journal.ts';
import type { ComparisonPlan } from '../compare/plan.ts';
import { isLedger, type NewRow, type Row, soundRows } from '../ledger/rows.ts';
import { ledgerOf, lineHash, poolDigest, readLine, readSeal, seedIn } from './pool.ts';
import { sealOf } from './seal.ts';

export interface Opening {
  /** Of the pool. */
  readonly folder: string;
  /** Of this engine. */
  readonly release: string;
  /** File of the secret line. */
  readonly secret: string;
  /** Folder of the signing keys. */
  readonly keys: string;
  readonly clock: Clock;
}

export interface Opened {
  readonly seed: number;
  readonly ledger: string;
  readonly journal: Journal;
}

/**
 * Nothing is written yet: the plan of the comparison is the first thing to be.
 *
 * @throws PacelineError USAGE for another release, line or pool than was sealed, and for a seal that was opened.
 */
export function openSeal({ folder, release, secret, keys, clock }: Opening): Opened {
  const line = readLine(secret);
  const seal = readSeal(folder);
  if (seal.release !== release)
    throw new PacelineError(
      'USAGE',
      `The pool is sealed for ${seal.release}, and this is ${release}. Seal it for this release: paceline improver seal ${folder} --secret FILE.`,
      { sealed: seal.release, release },
    );
  const ledger = ledgerOf(folder, release);
  const rows = sealedRows(ledger, seal.seedHash);
  if (lineHash(line) !== seal.seedHash)
    throw new PacelineError(
      'USAGE',
      `The line in ${secret} is not the one that ${release} was sealed with. Name the file of this seal; nothing was opened.`,
      { secret },
    );
  if (sealOf(rows[0]).pool !== poolDigest(folder))
    throw new PacelineError(
      'USAGE',
      `The modules of ${folder} were changed after it was sealed, so it would draw from another pool. Restore them; nothing was opened.`,
      { folder },
    );
  const between = [{ type: REVEALED, body: { line } }];
  const journal = journalIn({
    folder: ledger,
    engine: release,
    clock,
    signer: () => folderSigner(keys, clock),
    rows,
    between,
    plannedAs: (plan) => resumed(rows, plan, release),
  });
  return { seed: seedIn(line) as number, ledger, journal };
}

function sealedRows(ledger: string, seedHash: string): readonly Row[] {
  const rows = isLedger(ledger) ? soundRows(ledger) : [];
  if (rows.length === 0 || sealOf(rows[0]).seedHash !== seedHash)
    throw new PacelineError(
      'LEDGER_ALTERED',
      `The ledger ${ledger} does not begin with the hash in seal.json, so nobody could say what was promised. Restore both from the repository, or seal again (paceline improver seal --lost).`,
      { ledger },
    );
  return rows;
}

/**
 * What stands in the place of a plan: nothing before the first. A run that was broken off has shown nothing, and the
 * same one may be gone on with; any other would be a second look.
 */
function resumed(rows: readonly Row[], plan: ComparisonPlan, release: string): NewRow | undefined {
  const before = rows.find(({ type }) => type === PLANNED);
  if (before === undefined) return undefined;
  const found = plannedEntry.safeParse(before.body);
  const isSame = found.success && text(found.data.plan) === text(plan);
  if (isSame && !rows.some(({ type }) => type === REVEALED || type === CLOSED))
    return { type: RESUMED, body: { at: found.data.at } };
  throw new PacelineError(
    'USAGE',
    `The seal of ${release} was opened already, and it is opened once: a second look would choose among results. paceline verify says what came of it; the next release has a seal of its own.`,
    { release },
  );
}

const text = (plan: ComparisonPlan): string =>
  canonicalJson(JSON.parse(JSON.stringify(plan)) as Json);
