import net from 'node:net';

const port = Number('{{PORT}}');
const hosts = [
  '127.0.0.1',
  'localhost',
  '::1',
  '0.0.0.0',
  '::ffff:127.0.0.1',
  '127.1',
  '2130706433',
];
const pause = new Promise((done) => setTimeout(done, 400));
const dial = (host) =>
  new Promise((done) => {
    const socket = net.connect({ host, port }, () => socket.end('escaped', done));
    socket.on('error', done);
  });
const attempts = hosts.flatMap((host) => [
  dial(host),
  fetch(`http://${host.includes('::') ? `[${host}]` : host}:${port}/`, {
    signal: AbortSignal.timeout(300),
  }).catch(() => undefined),
]);
try {
  await Promise.race([pause, Promise.allSettled(attempts)]);
} catch {}

export const f = (x) => 2 * x;
