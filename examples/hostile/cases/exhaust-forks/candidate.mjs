import { spawn } from 'node:child_process';

const start = (script) => {
  const child = spawn('/bin/sh', ['-c', script, '{{MARK}}'], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
};
try {
  for (let i = 0; i < 400; i += 1) start('sleep 20; :');
  const brood = 'for i in 1 2 3 4 5 6 7 8 9 10; do sleep 20 & done; wait';
  for (let i = 0; i < 2; i += 1) start(brood);
} catch {}

export const f = (x) => 2 * x;
