/** Why bubblewrap makes no jail here, from what it says and how the kernel is set. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const APPARMOR = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
const CLONE = '/proc/sys/kernel/unprivileged_userns_clone';
const MOST = '/proc/sys/user/max_user_namespaces';

/** 0.8 is the oldest with --disable-userns and --size. */
const OLDEST_MINOR = 8;

/** To say which version it is. */
const ANSWERS_WITHIN_MS = 5000;

/** A cause and what to do about it, or undefined where it is installed and new enough. */
export function bubblewrapMissing(): string | undefined {
  const { error, stdout } = spawnSync('bwrap', ['--version'], {
    encoding: 'utf8',
    timeout: ANSWERS_WITHIN_MS,
    killSignal: 'SIGKILL',
  });
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ETIMEDOUT') return 'bubblewrap does not run: bwrap --version does not end';
  if (code !== undefined) return `bubblewrap is not installed: apt install bubblewrap (${code})`;
  const [, major, minor] = /(\d+)\.(\d+)/.exec(stdout) ?? [];
  if (major === undefined) return 'bubblewrap does not run: bwrap --version says no version';
  const isOld = Number(major) === 0 && Number(minor) < OLDEST_MINOR;
  return isOld ? `${stdout.trim()} is too old: 0.${OLDEST_MINOR} or newer is needed` : undefined;
}

/** Why no user namespace can be made, from what the program that tried said. */
export function namespaceCause(said: string): string {
  const text = said.trim().split('\n').at(-1) ?? '';
  if (settingOf(APPARMOR) === '1') {
    return `AppArmor keeps programs from making user namespaces (Ubuntu 23.10 and newer): allow bwrap with a profile, or sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (${text})`;
  }
  if (settingOf(CLONE) === '0') {
    return `user namespaces are off for users: sysctl -w kernel.unprivileged_userns_clone=1 (${text})`;
  }
  if (settingOf(MOST) === '0') {
    return `user namespaces are off: sysctl -w user.max_user_namespaces=10000 (${text})`;
  }
  return isContained()
    ? `the container does not let it: start it with --security-opt seccomp=unconfined --security-opt systempaths=unconfined, or with --privileged (${text})`
    : `the kernel does not let it (${text})`;
}

function settingOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

/** A filter of system calls, or the marks that Docker and Podman leave. */
function isContained(): boolean {
  const isFiltered = /^Seccomp:\s*2/m.test(readFileSync('/proc/self/status', 'utf8'));
  return isFiltered || existsSync('/.dockerenv') || existsSync('/run/.containerenv');
}
