/** What to do where no group of version 2 can be made: the command itself, for who asks and where. */
import { NEEDED, type NoHome } from './cgroup-home.ts';

export interface Asker {
  /** The mount of the tree. */
  readonly top: string;
  /** Whether a unit of systemd is above it. */
  readonly isUnderSystemd: boolean;
  readonly uid: number;
  /** Whether systemd runs a manager for this user. */
  readonly hasManager: boolean;
}

const CAUSES: Readonly<Record<NoHome, string>> = {
  foreign: 'our control group holds processes that are not ours, and those are not moved',
  undelegated: 'systemd has not delegated our control group',
  unwritable: 'our control group cannot be written',
  uncontrolled: `our control group has no ${NEEDED.join(' and ')} controllers`,
};

const aside = (top: string): string =>
  `start paceline as the only process of its group, or put the shell aside first: mkdir ${top}/shell && echo $$ > ${top}/shell/cgroup.procs`;

const WITHOUT_SYSTEMD: Readonly<Record<NoHome, (top: string) => string>> = {
  foreign: aside,
  undelegated: aside,
  unwritable: () => 'start the container with --privileged --cgroupns=private',
  uncontrolled: (top) =>
    `enable them above it (echo "+memory +pids" > ${top}/cgroup.subtree_control), or boot with cgroup_enable=memory`,
};

/** One sentence that names no group and no process: the same on the next day. */
export function noHomeText(why: NoHome, asker: Asker): string {
  return `${CAUSES[why]}: ${remedyFor(why, asker)}`;
}

function remedyFor(why: NoHome, asker: Asker): string {
  const { uid, isUnderSystemd, top } = asker;
  if (!isUnderSystemd) return WITHOUT_SYSTEMD[why](top);
  const start = `start paceline itself, not npx or a shell, in one of its own: ${startWords(asker)}`;
  return why === 'uncontrolled' && uid !== 0
    ? `sudo systemctl edit user@.service, add "[Service]" and "Delegate=cpu memory pids", log in again, and ${start}`
    : start;
}

function startWords({ uid, hasManager }: Asker): string {
  if (uid === 0) return 'systemd-run --scope -p Delegate=yes paceline …';
  const line = 'systemd-run --user --scope -p Delegate=yes paceline …';
  if (hasManager) return line;
  return `sudo loginctl enable-linger ${uid}, then XDG_RUNTIME_DIR=/run/user/${uid} ${line}`;
}
