/** Where the tasks of a comparison come from, and the ledger that it is recorded in. */
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PacelineError } from '../../../core/errors.ts';
import { folderSigner } from '../../../gatekeeper/keys.ts';
import { keysFolder, stateFolder } from '../../study-files.ts';
import { systemClock } from '../../system-clock.ts';
import { ENGINE_VERSION } from '../../version.ts';
import { openSeal } from '../sealed/open.ts';
import { sealedFolder } from '../sealed/pool.ts';
import { type Journal, journalIn, newJournalFolder } from './journal.ts';

export interface TasksWanted {
  /** A generator, a folder with tasks.json, or a sealed pool. */
  readonly tasks: string;
  /** Of a generator; not looked at for a seal. */
  readonly seeds: readonly number[];
  /** File of the secret line of a seal. */
  readonly reveal?: string | undefined;
}

export interface RecordedTasks {
  readonly seeds: readonly number[];
  readonly sealed?: string;
  readonly journal: Journal;
  readonly ledger: string;
  /** As `verify` finds it. */
  readonly named: string;
}

/** @throws PacelineError USAGE for a seal without its secret, a secret without a seal, or as `openSeal`. */
export function recordedTasks(root: string, { tasks, seeds, reveal }: TasksWanted): RecordedTasks {
  const sealed = sealedFolder(root, tasks);
  const keys = keysFolder(root);
  if (sealed !== undefined && reveal !== undefined) {
    const opened = openSeal({
      folder: sealed,
      release: ENGINE_VERSION,
      secret: reveal,
      keys,
      clock: systemClock,
    });
    return { ...opened, seeds: [opened.seed], sealed, named: tasks };
  }
  if (sealed !== undefined)
    throw new PacelineError(
      'USAGE',
      `${tasks} is sealed: it is drawn from once for each release, with its secret. Open it with --reveal FILE, or compare on other tasks.`,
      { tasks },
    );
  if (reveal !== undefined)
    throw new PacelineError(
      'USAGE',
      `--reveal opens a seal, and ${tasks} is no sealed pool. Leave it out, or name the pool with --tasks.`,
      { tasks },
    );
  const ledger = newJournalFolder(root);
  const journal = journalIn({
    folder: ledger,
    engine: ENGINE_VERSION,
    clock: systemClock,
    signer: () => folderSigner(keys, systemClock),
    prepare: () => writeFileSync(join(stateFolder(root), '.gitignore'), '*\n'),
  });
  return { seeds, journal, ledger, named: basename(ledger) };
}
