/**
 * A jail of what every Debian has, where bubblewrap is not: unshare(1) and setpriv(1) of util-linux,
 * and perl for the calls they cannot make. Its user, files, processes, network and system calls are
 * those of a jail by bubblewrap; it is fewer people's work and tried by fewer, hence J2.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from './contract.ts';
import type { Copy } from './jail/copies.ts';
import { type Mounted, type Prepared, preparer } from './jail/prepared.ts';
import { type Arch, numberOf } from './jail/syscalls.ts';
import { locate } from './jail/toolchain.ts';
import { jailTraits } from './jail/traits.ts';
import { type Confined, FIRST_INPUT } from './runner/confined.ts';
import { runner } from './runner/runner.ts';

export interface NamespacesOptions {
  /** Names the owner, for example a study's work folder: nobody else may use it at the same time. */
  readonly scope: string;
}

const SCRIPT = readFileSync(
  fileURLToPath(new URL('./namespaces/enter.pl', import.meta.url)),
  'utf8',
);

/** Ours dies with its parent, what it makes dies with it. */
function unshareWords(): readonly string[] {
  return [
    [locate('setpriv', '/'), '--pdeathsig', 'KILL', '--'],
    [locate('unshare', '/'), '--user', '--map-user=1000', '--map-group=1000', '--keep-caps'],
    ['--mount', '--pid', '--net', '--ipc', '--uts', '--cgroup'],
    ['--fork', '--kill-child=SIGKILL', '--propagation', 'private', '--'],
    [locate('perl', '/'), '-e', SCRIPT],
  ].flat();
}

const KIND: Readonly<Record<Mounted['as'], string>> = {
  read: 'r',
  write: 'w',
  'empty folder': 'e',
  'empty file': 'f',
};

const COPY: Readonly<Record<Copy['as'], string>> = { folder: 'D', file: 'F', link: 'L' };

export function namespacesSandbox({ scope }: NamespacesOptions): Sandbox {
  const prepare = preparer(undefined);
  const isolation =
    'J2: a jail by unshare, without network, other files or other processes; unenforced';
  return runner(scope, {
    traits: jailTraits({ level: 'J2', isolation }),
    confine: (run) => jailed(run.cwd, prepare(run)),
  });
}

function jailed(cwd: string, prepared: Prepared): Confined {
  const { limits, before, within, argv, user, filter, toolchain, environment } = prepared;
  const { mounts, copies, folderBytes, hostname } = prepared;
  const view = [
    ...mounts.flatMap(({ as, source, path }) => [KIND[as], source, path]),
    ...copies.flatMap(({ as, path, mode, target }) => [COPY[as], target ?? String(mode), path]),
    ...toolchain.links.flatMap(([target, name]) => ['l', target, name]),
    ...Object.entries(environment).flatMap(([name, value]) => ['E', name, value]),
  ];
  const hex = Buffer.from(filter).toString('hex');
  const inputs = copies.filter(({ as }) => as === 'file').map(({ path }) => path);
  const descriptors = [FIRST_INPUT, FIRST_INPUT + inputs.length].map(String);
  const facts = [
    cwd,
    String(limits.diskBytes),
    String(folderBytes),
    hex,
    callNumbers(),
    ...descriptors,
    hostname,
  ];
  return {
    argv: [...before, ...unshareWords(), ...facts, ...view, '--', ...within, ...argv],
    environment: {},
    cwd: '/',
    limits,
    user,
    inputs,
    tellsStatus: true,
    ownDisks: [],
    isIndirect: true,
  };
}

function callNumbers(): string {
  const names = ['mount', 'umount2', 'pivot_root', 'prctl', 'sethostname'];
  return names.map((name) => `${name}=${numberOf(name, process.arch as Arch)}`).join();
}
