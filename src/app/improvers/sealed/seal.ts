/** Seals a pool for a release: draws the secret line, puts it where only its owner reads it, and promises its hash. */
import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, realpathSync, renameSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { PacelineError } from '../../../core/errors.ts';
import { createDurably, replaceDurably } from '../../../stores/durable.ts';
import { asFileFault } from '../../file-fault.ts';
import { systemClock } from '../../system-clock.ts';
import { ENGINE_VERSION } from '../../version.ts';
import { addRow, isLedger, type Row, soundRows } from '../ledger/rows.ts';
import {
  ledgerOf,
  lineHash,
  poolDigest,
  readSeal,
  SEAL_FILE,
  type Seal,
  sealedFolder,
} from './pool.ts';

export const SEAL_MADE = 'seal.made';

const lostSeal = z.strictObject({ seedHash: z.string(), date: z.string(), why: z.string() });

/** First entry of the ledger of a release. */
export const sealMade = z.strictObject({
  release: z.string(),
  seedHash: z.string(),
  /** Of the pool's modules. */
  pool: z.string(),
  date: z.string(),
  /** Seals of this release that were given up before anybody opened them. */
  lost: z.array(lostSeal),
});

export interface Sealing {
  readonly folder: string;
  /** Of this engine. */
  readonly release: string;
  /** File to write; must not exist, and lie outside of the pool's repository. */
  readonly secret: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Why the seal before it is given up unopened. */
  readonly lost?: string;
}

/** Of a pool as a person names it, for the release that runs. */
export function sealHere(
  root: string,
  pool: string,
  wanted: Pick<Sealing, 'secret' | 'lost'>,
): Seal & { readonly ledger: string } {
  const folder = sealedFolder(root, pool);
  if (folder === undefined)
    throw new PacelineError(
      'USAGE',
      `${pool} is no sealed pool: a folder with seal.json and generate.mjs. examples/meta/sealed shows one.`,
      { pool },
    );
  const date = new Date(systemClock.wallMs()).toISOString().slice(0, DATE_LENGTH);
  const sealing = { ...wanted, secret: resolve(root, wanted.secret) };
  const seal = sealPool({ ...sealing, folder, release: ENGINE_VERSION, date });
  return { ...seal, ledger: ledgerOf(folder, ENGINE_VERSION) };
}

const DATE_LENGTH = 'YYYY-MM-DD'.length;
const SEEDS = 2 ** 32;
const NONCE_BYTES = 16;

/** The secret is on the disk before its hash is: a promise that nobody can keep is not made. */
export function sealPool(sealing: Sealing): Seal {
  const { folder, release, secret, date } = sealing;
  const before = readSeal(folder);
  const ledger = ledgerOf(folder, release);
  const lost = lostBefore(sealing, before, ledger);
  refuseInside(folder, secret);
  const line = `${randomInt(SEEDS)}:${randomBytes(NONCE_BYTES).toString('hex')}`;
  writeSecret(secret, line);
  const seedHash = lineHash(line);
  if (isLedger(ledger)) renameSync(ledger, `${ledger}.lost-${lost.length}`);
  const body = { release, seedHash, pool: poolDigest(folder), date, lost: [...lost] };
  addRow(ledger, [], { type: SEAL_MADE, body });
  const seal = { release, seedHash, writtenBy: before.writtenBy, date };
  replaceDurably(join(folder, SEAL_FILE), `${JSON.stringify(seal, null, 2)}\n`);
  return seal;
}

/** @throws PacelineError USAGE for a release that is sealed or was opened. */
function lostBefore(
  { release, lost: why }: Sealing,
  before: Seal,
  ledger: string,
): z.infer<typeof lostSeal>[] {
  const rows = soundRows(ledger);
  if (rows.length > 1)
    throw new PacelineError(
      'USAGE',
      `The pool was opened for ${release}: who drew again would choose among results. The next seal is that of the next release.`,
      { release },
    );
  const [first] = rows;
  const own = first && sealOf(first);
  // Its ledger knows of a seal of this release, also where seal.json promises for another by now.
  const given = own ?? (before.release === release ? before : undefined);
  if (given === undefined) return [];
  if (why === undefined)
    throw new PacelineError(
      'USAGE',
      `${release} is sealed already. Keep its secret for the opening; if it is lost and nobody has opened it, say so: --lost REASON. That stays in the ledger.`,
      { release },
    );
  return [...(own?.lost ?? []), { seedHash: given.seedHash, date: given.date, why }];
}

/** @throws PacelineError LEDGER_ALTERED for a first entry that is no seal. */
export function sealOf(row: Row | undefined): z.infer<typeof sealMade> {
  const { success, data } = sealMade.safeParse(row?.body);
  if (success && row?.type === SEAL_MADE) return data;
  throw new PacelineError(
    'LEDGER_ALTERED',
    'The first entry of the ledger is no seal. Restore it from the repository.',
  );
}

/** A secret in the repository is one commit away from everybody. */
function refuseInside(folder: string, secret: string): void {
  const above = dirname(resolve(secret));
  if (!existsSync(above)) return;
  const top = repositoryOf(realpathSync(folder));
  const isInside = !relative(top, realpathSync(above)).startsWith('..');
  if (!isInside) return;
  throw new PacelineError(
    'USAGE',
    `${secret} lies in ${top}, with the pool. Name a file elsewhere that only you can read.`,
    { secret },
  );
}

function repositoryOf(folder: string): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
  }
  return folder;
}

const OWNER_ONLY = 0o600;

function writeSecret(path: string, line: string): void {
  try {
    createDurably(path, `${line}\n`, OWNER_ONLY);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new PacelineError(
        'USAGE',
        `${path} exists, and may be the secret of another seal. Name another file.`,
        { path },
      );
    throw asFileFault(error) ?? error;
  }
}
