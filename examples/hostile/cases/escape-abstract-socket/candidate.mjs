import net from 'node:net';

await new Promise((done) => {
  setTimeout(done, 300);
  for (const path of ['\0{{ABSTRACT}}', `\0${'{{ABSTRACT}}'.padEnd(107, '\0')}`]) {
    try {
      const socket = net.connect({ path }, () => socket.end('escaped', done));
      socket.on('error', () => {});
    } catch {}
  }
});

export const f = (x) => 2 * x;
