/** What a candidate could tell a test by, as this machine and this task can set it. */
import { PacelineError } from '../../core/errors.ts';
import type { Sandbox } from '../../sandboxes/contract.ts';
import { unsafeName } from '../command/workspace.ts';
import type { Conditions } from '../contract.ts';

type Name = keyof Conditions;

const WHY_NOT: Readonly<Partial<Record<Name, string>>> = {
  hostname: 'only a jail of J2 or better has a name of its own for its machine',
  clockMs: 'the clock of a solver in Python is that of the machine',
};

export function settable(
  { setsHostname }: Sandbox['traits'],
  isJavaScript: boolean,
): readonly Name[] {
  return [
    'environment',
    'folder',
    'files',
    'warmup',
    'batch',
    ...(setsHostname ? (['hostname'] as const) : []),
    ...(isJavaScript ? (['clockMs'] as const) : []),
  ];
}

/** @throws PacelineError CONFIG_INVALID for one that cannot be set, or to such a value. */
export function refuseConditions(conditions: Conditions, sets: readonly Name[]): void {
  for (const name of Object.keys(conditions) as Name[]) {
    if (conditions[name] === undefined || sets.includes(name)) continue;
    throw invalid(name, `${name} cannot be set here: ${WHY_NOT[name] ?? 'no such condition'}`);
  }
  const { folder, files = [], batch = 1 } = conditions;
  if (folder !== undefined && !/^[\w.-]{1,100}$/.test(folder.replace(/^\.+$/, ''))) {
    throw invalid('folder', `folder ${JSON.stringify(folder)} is no plain name`);
  }
  const unsafe = unsafeName(Object.fromEntries(files.map((file) => [file, ''])));
  if (unsafe !== undefined) {
    throw invalid('files', `the file ${JSON.stringify(unsafe)} would lie outside the folder`);
  }
  if (!Number.isInteger(batch) || batch < 1)
    throw invalid('batch', `batch is ${batch}, not 1 or more`);
}

function invalid(condition: string, what: string): PacelineError {
  return new PacelineError(
    'CONFIG_INVALID',
    `A candidate cannot be called under these conditions: ${what}. Ask for what traits.sets of the caller names.`,
    { condition },
  );
}
