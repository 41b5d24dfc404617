/**
 * What stands around a hostile case, and what of it was reached: a secret, a folder to drop something
 * into, listeners, a name for what is left running.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** @throws the file system's own error. */
export async function setTrap(one: HostileCase, { host, task, token }: Place): Promise<Trap> {
  const folder = join(host, one.name);
  mkdirSync(join(folder, 'drop'), { recursive: true });
  const secret = join(folder, 'secret.txt');
  writeFileSync(secret, token);
  const mark = `paceline-hostile-${token.slice(0, 8)}-${one.name}`;
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
  return {
    token,
    values,
    reached: () => [
      ...readdirSync(join(folder, 'drop')).map((name) => `wrote ${name} on the host`),
      ...(readFileSync(secret, 'utf8') === token ? [] : ['changed a file of the host']),
      ...(readdirSync(folder).length === 2 ? [] : ['wrote beside the drop folder of the host']),
      ...absent.filter((path) => existsSync(path)).map((path) => `made ${path}`),
      ...(listeners && listeners.hits() > 0 ? ['reached a listener of the host'] : []),
      ...running((words) => words.includes(mark)).map((pid) => `left process ${pid} running`),
    ],
    close: async () => listeners?.close(),
  };
}

function listens({ files }: HostileCase): boolean {
  return Object.values(files).some((text) => /\{\{(PORT|ABSTRACT)\}\}/.test(text));
}
