import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';

const port = Number('{{PORT}}');
const targets = [
  ['10.0.2.2', port],
  ['192.168.127.254', port],
  ['169.254.1.2', port],
  ['host.docker.internal', port],
  ['169.254.169.254', 80],
];
try {
  for (const line of fs.readFileSync('/proc/net/route', 'utf8').split('\n').slice(1, 20)) {
    const bytes = (line.split('\t')[2] ?? '').match(/../g);
    if (bytes)
      targets.push([
        bytes
          .reverse()
          .map((hex) => Number.parseInt(hex, 16))
          .join('.'),
        port,
      ]);
  }
} catch {}
try {
  for (const { address } of Object.values(os.networkInterfaces()).flat())
    targets.push([address, port]);
} catch {}
let reached = '';
await new Promise((done) => {
  setTimeout(done, 400);
  for (const [host, at] of targets) {
    try {
      const socket = net.connect({ host, port: at }, () => {
        reached = `escaped: reached ${host}`;
        socket.end('escaped');
      });
      socket.on('error', () => {});
      socket.unref();
    } catch {}
  }
});

export const f = (x) => reached || 2 * x;
