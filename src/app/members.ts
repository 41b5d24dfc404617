/**
 * Studies that a record of a larger undertaking rests on: without one of them it could not be verified. A
 * record that cannot be read may rest on any.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import { listComparisons, readComparison } from './compare/record.ts';
import { isPortfolio, readPortfolio } from './portfolio/files.ts';
import { readSet } from './replicates/set-file.ts';
import { entriesOf, stateFolder } from './study-files.ts';
import { listUses, readUse, stateOfUse } from './used-by.ts';

interface Holder {
  readonly why: string;
  /** In which the ids of its studies stand; absent where that cannot be read. */
  readonly text?: string;
}

/** Why a study has to stay; undefined where no record here speaks for it. */
export function holdersIn(root: string): (id: string) => string | undefined {
  const holders = [
    ...belowOf(root, {
      folder: 'replicates',
      file: 'set.json',
      what: 'replicate set',
      read: readSet,
    }),
    ...belowOf(root, {
      folder: 'portfolios',
      file: 'portfolio.json',
      what: 'portfolio',
      read: readPortfolio,
    }),
    ...listComparisons(root).flatMap((id) =>
      orDoubt(() => [holderOf(`the comparison ${id}`, readComparison(root, id))]),
    ),
    ...listUses(root).flatMap((path) => orDoubt(() => elsewhere(root, path))),
  ];
  return (id) => {
    const named = holders.find(({ text }) => text?.includes(JSON.stringify(id)));
    return (named ?? holders.find(({ text }) => text === undefined))?.why;
  };
}

function holderOf(what: string, record: object): Holder {
  return { why: `belongs to ${what}`, text: JSON.stringify(record) };
}

function orDoubt(read: () => readonly Holder[]): readonly Holder[] {
  try {
    return read();
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    return [{ why: `may belong to what cannot be read: ${error.message}` }];
  }
}

interface Kind {
  readonly folder: string;
  readonly file: string;
  readonly what: string;
  readonly read: (root: string, id: string) => object;
}

function belowOf(root: string, { folder, file, what, read }: Kind): readonly Holder[] {
  const above = join(stateFolder(root), folder);
  return entriesOf(above).flatMap((id) => {
    const path = join(above, id, file);
    if (existsSync(path)) return orDoubt(() => [holderOf(`the ${what} ${id}`, read(root, id))]);
    if (isNeverWritten(join(above, id), file)) return [];
    const remedy = 'Restore it from a copy, or remove its folder if it is no more.';
    return [{ why: `may belong to what is gone: ${path}. ${remedy}` }];
  });
}

/** The record is written first: a folder without anything else is of a start that was cut off. */
function isNeverWritten(folder: string, file: string): boolean {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return true;
  return entriesOf(folder).every((name) => name.startsWith(`${file}.`));
}

/** Of a portfolio that lies in another folder. */
function elsewhere(root: string, path: string): readonly Holder[] {
  const use = readUse(path);
  const { portfolio, folder } = use;
  const state = stateOfUse(root, use, (place) => isPortfolio(place, portfolio));
  const what = `the portfolio ${portfolio} of ${folder}`;
  const unseen = `${what}, which is not to be found there. If it is no more, remove ${path}`;
  return state === 'gone' ? [] : [holderOf(state === 'there' ? what : unseen, use.studies)];
}
