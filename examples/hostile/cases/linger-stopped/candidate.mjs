import { spawn } from 'node:child_process';

try {
  const script = "trap '' TERM INT HUP; (sleep 90; kill -KILL $$) & kill -STOP $$; :";
  const child = spawn('/bin/sh', ['-c', script, '{{MARK}}'], { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
} catch {}

export const f = (x) => 2 * x;
