import { spawn } from 'node:child_process';

const start = (file, rest) => {
  try {
    const child = spawn(file, rest, { detached: true, stdio: 'ignore' });
    child.on('error', () => {});
    child.unref();
  } catch {}
};
start(process.execPath, ['-e', 'setTimeout(() => {}, 60000)', '{{MARK}}']);
start('/bin/sh', ['-c', "(setsid sh -c 'sleep 60; :' {{MARK}} &) ; exit 0"]);
start('systemd-run', ['--user', '--quiet', 'sh', '-c', 'sleep 60; :', '{{MARK}}']);

export const f = (x) => 2 * x;
