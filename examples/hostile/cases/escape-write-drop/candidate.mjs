import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

const ways = [
  () => fs.writeFileSync('{{HOST}}/drop/file', 'escaped'),
  () => fs.mkdirSync('{{HOST}}/drop/folder'),
  () => fs.symlinkSync('/proc/self', '{{HOST}}/drop/link'),
  () => fs.linkSync('{{HOST}}/secret.txt', '{{HOST}}/drop/hard'),
  () => fs.copyFileSync('{{HOST}}/secret.txt', '{{HOST}}/drop/copy'),
  () => fs.writeFileSync('{{HOST}}/secret.txt', 'escaped', { flag: 'a' }),
  () => spawnSync('/bin/sh', ['-c', 'mkfifo "{{HOST}}/drop/fifo"; : > "{{HOST}}/drop/shell"']),
];
for (const way of ways) {
  try {
    way();
  } catch {}
}

export const f = (x) => 2 * x;
