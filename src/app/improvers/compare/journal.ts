/**
 * The ledger of a comparison of improvers: what is planned stands in it before anything is measured, then every
 * reading, then what they say, signed with the key of the folder. One that was broken off stays without its end.
 */
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../../core/clock.ts';
import { PacelineError } from '../../../core/errors.ts';
import { statementOf } from '../../../core/statement.ts';
import type { Signer } from '../../../gatekeeper/contract.ts';
import type { SeedReadings } from '../../../improver/comparison.ts';
import { COMPARISON_START, newComparisonId } from '../../compare/record.ts';
import { asFileFault } from '../../file-fault.ts';
import { entriesOf, stateFolder } from '../../study-files.ts';
import { addRow, isLedger, type NewRow, type Row, readRows } from '../ledger/rows.ts';
import type { Findings } from './findings.ts';
import { type ComparisonPlan, comparisonPlan } from './plan.ts';

export const PLANNED = 'comparison.planned';
/** The same plan, gone on with after it was broken off. */
export const RESUMED = 'comparison.resumed';
export const REVEALED = 'seal.revealed';
export const MEASURED = 'comparison.measured';
export const CLOSED = 'comparison.closed';

const shares = z.record(z.string(), z.tuple([z.number(), z.number()]));
const reading = z.strictObject({
  line: z.string(),
  solved: z.number(),
  of: z.number(),
  families: shares,
  effort: z.number(),
  candidates: z.number(),
  cpuMs: z.number(),
  places: z.array(z.number()),
  cut: z
    .strictObject({ share: z.number(), unsolved: z.record(z.string(), z.number()) })
    .exactOptional(),
});

export const plannedEntry = z.strictObject({
  engine: z.string(),
  /** ms since 1970. */
  at: z.number(),
  plan: comparisonPlan,
});

export const measuredEntry = z.strictObject({
  seeds: z.array(
    z.strictObject({
      seed: z.number(),
      known: z.number(),
      unrecognised: z.array(z.string()),
      lines: z.array(reading),
    }),
  ),
});

export const closedEntry = z.strictObject({
  at: z.number(),
  claims: z.array(z.json()),
  /** Of the entry before, so that nothing earlier can be exchanged. */
  head: z.string(),
  signature: z.strictObject({ publicKey: z.string(), signature: z.string() }),
});

export const revealedEntry = z.strictObject({ line: z.string() });

export interface Journal {
  readonly planned: (plan: ComparisonPlan) => void;
  readonly measured: (seeds: readonly SeedReadings[], findings: Findings) => void;
}

export interface JournalPlace {
  readonly folder: string;
  readonly engine: string;
  readonly clock: Clock;
  /** Asked for before anything is measured. */
  readonly signer: () => Signer;
  /** Entries that stand there already, and what is written between the plan and the readings. */
  readonly rows?: readonly Row[];
  readonly between?: readonly NewRow[];
  /** With the first entry. */
  readonly prepare?: () => void;
  /** What stands in the place of the plan where it is there already. */
  readonly plannedAs?: (plan: ComparisonPlan) => NewRow | undefined;
}

/** @throws PacelineError STUDY_LOCKED where another process writes the same ledger. */
export function journalIn(place: JournalPlace): Journal {
  const { folder, engine, clock, rows = [], between = [], plannedAs } = place;
  let signer: Signer | undefined;
  const all = [...rows];
  const add = (type: string, body: object): void => {
    const made = written(folder, all, { type, body: body as NewRow['body'] });
    all.push(made);
  };
  return {
    planned(plan) {
      signer = place.signer();
      const other = plannedAs?.(plan);
      if (other === undefined) add(PLANNED, { engine, at: clock.wallMs(), plan });
      else add(other.type, other.body as object);
      place.prepare?.();
    },
    measured(seeds, { claims }) {
      for (const { type, body } of between) add(type, body as object);
      add(MEASURED, { seeds });
      const said = { at: clock.wallMs(), claims, head: all.at(-1)?.hash };
      if (signer === undefined) throw new Error('measured before it was planned');
      const { publicKey } = signer;
      const signature = signer.sign(closingStatement(all[0] as Row, said));
      add(CLOSED, { ...said, signature: { publicKey, signature } });
    },
  };
}

/** What is signed of the end of a comparison whose ledger begins with this entry. */
export const closingStatement = ({ hash }: Pick<Row, 'hash'>, body: object): string =>
  statementOf({ study: hash, type: CLOSED, body: JSON.parse(JSON.stringify(body)) });

function written(folder: string, rows: readonly Row[], added: NewRow): Row {
  try {
    const made = addRow(folder, rows, added);
    if (made !== undefined) return made;
  } catch (error) {
    throw asFileFault(error) ?? error;
  }
  throw new PacelineError(
    'STUDY_LOCKED',
    `Another process writes the ledger of this comparison, ${folder}. Let it end, and look at what it says.`,
    { folder },
  );
}

/** Where a new comparison of this folder of studies is going to be recorded. */
export const newJournalFolder = (root: string): string => journalFolder(root, newComparisonId());

export const journalFolder = (root: string, id: string): string =>
  join(stateFolder(root), 'comparisons', id);

export const isJournal = (root: string, id: string): boolean =>
  id.startsWith(COMPARISON_START) && isLedger(journalFolder(root, id));

/** Comparisons of the same two that this folder holds, finished or not. */
export function earlierJournals(root: string, ids: readonly [string, string]): number {
  const wanted = [...ids].sort().join();
  return entriesOf(join(stateFolder(root), 'comparisons')).filter((id) => {
    if (!isJournal(root, id)) return false;
    const found = plannedEntry.safeParse(readRows(journalFolder(root, id))[0]?.body);
    return found.success && idsOf(found.data.plan).join() === wanted;
  }).length;
}

const idsOf = ({ first, second }: ComparisonPlan): readonly string[] =>
  [first.id, second.id].sort();
