import { Worker } from 'node:worker_threads';

process.title = '{{MARK}}';
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGPIPE', 'SIGXCPU', 'SIGUSR2']) {
  try {
    process.on(signal, () => {});
  } catch {}
}
process.exit = () => {};
process.abort = () => {};
const until = Date.now() + 60_000;
setInterval(() => {
  if (Date.now() > until) process.reallyExit(0);
}, 1000);
try {
  const body = 'const end = Date.now() + 60000; while (Date.now() < end);';
  new Worker(body, { eval: true }).on('error', () => {});
} catch {}

export const f = (x) => 2 * x;
