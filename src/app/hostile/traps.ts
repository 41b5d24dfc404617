/**
 * What stands around a hostile case, and what of it was reached: a secret, a folder to drop something
 * into, listeners, a name for what is left running.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import { running } from '../../sandboxes/runner/running.ts';
import { openHost } from '../../sandboxes/self-test/host.ts';
import { filled, type HostileCase } from './cases.ts';

export interface Trap {
  readonly token: string;
  /** What stands for `{{HOST}}` and its like in this case. */
  readonly values: Readonly<Record<string, string>>;
  /** Sentences on what was reached outside the jail; none where it held. */
  reached(): readonly string[];
  close(): Promise<void>;
}

export interface Place {
  /** Folder below which each case has one of its own. */
  readonly host: string;
  /** Folder of the task. */
  readonly task: string;
  /** Nowhere else on this machine. */
  readonly token: string;
}

/** @throws PacelineError CONFIG_INVALID for a path that is there before; the file system's own error. */
export async function setTrap(one: HostileCase, { host, task, token }: Place): Promise<Trap> {
  const folder = join(host, one.name);
  mkdirSync(join(folder, 'drop'), { recursive: true });
  const secret = join(folder, 'secret.txt');
  writeFileSync(secret, token);
  // Of one length: none may be the beginning of another.
  const own = sha256(one.name).slice(-8);
  const mark = `paceline-hostile-${token.slice(0, 8)}-${own}`;
  const listeners = listens(one) ? await openHost(token) : undefined;
  const values = {
    HOST: folder,
    TASK: task,
    MARK: mark,
    ENGINE: String(process.pid),
    PORT: String(listeners?.ports.tcp ?? 9),
    ABSTRACT: listeners?.ports.abstract ?? '',
  };
  const absent = (one.afterwards.absent ?? []).map((path) => filled(path, values));
  try {
    refusePresent(one, absent);
  } catch (error) {
    await listeners?.close();
    throw error;
  }
  const names = (path: string): readonly string[] => (existsSync(path) ? readdirSync(path) : []);
  return {
    token,
    values,
    reached: () => [
      ...names(join(folder, 'drop')).map((name) => `wrote ${name} on the host`),
      ...(existsSync(join(folder, 'drop')) ? [] : ['removed a folder of the host']),
      ...(textIn(secret) === token ? [] : ['changed a file of the host']),
      ...(names(folder).some((name) => !OWN.includes(name))
        ? ['wrote beside the drop folder of the host']
        : []),
      ...absent.filter((path) => existsSync(path)).map((path) => `made ${path}`),
      ...(listeners && listeners.hits() > 0 ? ['reached a listener of the host'] : []),
      ...running((words) => words.includes(mark)).map((pid) => `left process ${pid} running`),
    ],
    close: async () => listeners?.close(),
  };
}

const OWN = ['drop', 'secret.txt'];

/** What was there anyway says nothing afterwards. */
function refusePresent({ name }: HostileCase, absent: readonly string[]): void {
  const path = absent.find((one) => existsSync(one));
  if (path === undefined) return;
  throw new PacelineError(
    'CONFIG_INVALID',
    `The case ${name} says that ${path} must be absent afterwards, and it is there before anything was run. Name a path that only the case would make.`,
    { case: name, path },
  );
}

/** Undefined where it is gone, or is no file any more. */
function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function listens({ files }: HostileCase): boolean {
  return Object.values(files).some((text) => /\{\{(PORT|ABSTRACT)\}\}/.test(text));
}
