import { expect, test } from 'vitest';
import { noHomeText } from './cgroup-remedy.ts';

const laptop = { top: '/sys/fs/cgroup', isUnderSystemd: true, uid: 1000, hasManager: true };
const container = { ...laptop, isUnderSystemd: false, uid: 0 };

test('a user under systemd gets the line to type', () => {
  expect(noHomeText('foreign', laptop)).toBe(
    'our control group holds processes that are not ours, and those are not moved: start paceline itself, not npx or a shell, in one of its own: systemd-run --user --scope -p Delegate=yes paceline …',
  );
  expect(noHomeText('undelegated', laptop)).toMatch(
    /^systemd has not delegated our control group: .* --user --scope -p Delegate=yes paceline …$/,
  );
});

test('root needs no manager of its own, a user without one gets it first', () => {
  expect(noHomeText('foreign', { ...laptop, uid: 0 })).toMatch(
    /: systemd-run --scope -p Delegate=yes paceline …$/,
  );
  expect(noHomeText('unwritable', { ...laptop, hasManager: false })).toMatch(
    /: sudo loginctl enable-linger 1000, then XDG_RUNTIME_DIR=\/run\/user\/1000 systemd-run --user --scope/,
  );
});

test('a manager that was given too little is given more', () => {
  expect(noHomeText('uncontrolled', laptop)).toMatch(
    /no memory and pids controllers: sudo systemctl edit user@\.service, add .*"Delegate=cpu memory pids"/,
  );
});

test('without systemd there are other words', () => {
  expect(noHomeText('foreign', container)).toMatch(
    /mkdir \/sys\/fs\/cgroup\/shell && echo \$\$ > \/sys\/fs\/cgroup\/shell\/cgroup\.procs$/,
  );
  expect(noHomeText('unwritable', container)).toMatch(/--privileged --cgroupns=private$/);
  expect(noHomeText('uncontrolled', container)).toMatch(/cgroup_enable=memory$/);
});
