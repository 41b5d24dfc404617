/*
 * What a self-test runs inside a jail: `node --input-type=module -e THIS NAME FACTS`. Each act tries one thing for real and
 * says on descriptor 3, in lines of JSON, how far it came; the last line counts.
 */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import fs from 'node:fs';
import { connect as connectTo } from 'node:net';
import process from 'node:process';

const [name, text] = process.argv.slice(1);
const facts = JSON.parse(text);
/** Turned round, so that the words of a process are not taken for the secret they look for. */
const secret = [...facts.terces].reverse().join('');

function say(said) {
  fs.writeSync(3, `${JSON.stringify(said)}\n`);
}

function attempt(act) {
  try {
    return act() ?? 'done';
  } catch (error) {
    return `E:${error.code}`;
  }
}

function connect(options) {
  const socket = connectTo(options, () => {
    say({ got: 'connected' });
    process.exit();
  });
  socket.on('error', ({ code }) => say({ got: `E:${code}` }));
}

function readable(path) {
  return attempt(() => (fs.readFileSync(path, 'latin1').includes(secret) ? 'secret' : 'text'));
}

function pileUp(step) {
  const kept = [];
  for (let bytes = 0; bytes < facts.most; ) {
    const block = step();
    kept.push(block);
    bytes += block.byteLength;
    say({ bytes });
  }
  say({ bytes: facts.most, kept: kept.length });
}

function fill(folder) {
  let bytes = 0;
  const block = Buffer.alloc(1e6, 1);
  const error = attempt(() => {
    for (let i = 0; bytes < facts.mostDisk; i++) {
      fs.writeFileSync(`${folder}/filled-${facts.tag}-${i}`, block);
      bytes += block.length;
    }
  });
  for (let i = 0; i * block.length <= bytes; i++) {
    attempt(() => fs.unlinkSync(`${folder}/filled-${facts.tag}-${i}`));
  }
  return { folder, bytes, error };
}

const ACTS = {
  tcp: () => connect({ port: facts.tcp, host: '127.0.0.1' }),
  abstract: () => connect({ path: `\0${facts.abstract}` }),
  file: () => connect({ path: facts.socket }),
  udp() {
    const socket = createSocket('udp4');
    socket.on('error', ({ code }) => say({ got: `E:${code}` }));
    socket.send('x', facts.udp, '127.0.0.1', (error) => {
      say({ got: error ? `E:${error.code}` : 'sent' });
      socket.close();
    });
  },
  read() {
    const ways = [facts.secretFile, `/proc/${facts.decoy}/root${facts.secretFile}`];
    if (facts.isApart) ways.push(`/proc/1/root${facts.secretFile}`);
    fs.symlinkSync(facts.secretFile, 'way');
    say({ got: [...ways, 'way'].map(readable) });
  },
  readByPath: () => say({ got: [readable(facts.secretFile)] }),
  write() {
    const ways = [facts.canary, `${facts.shown}`, '/etc', '/usr', '/dev/shm'];
    const got = ways.map((folder) =>
      attempt(() => fs.writeFileSync(`${folder}/written-${facts.tag}`, 'x')),
    );
    say({ got });
  },
  environment() {
    const own = Object.values(process.env).some((value) => value.includes(secret));
    const others = attempt(() =>
      fs
        .readdirSync('/proc')
        .filter((pid) => /^\d+$/.test(pid))
        .filter((pid) => readable(`/proc/${pid}/environ`) === 'secret'),
    );
    say({ own, others });
  },
  fork() {
    let [started, refused] = [0, 0];
    for (let i = 0; i < 400; i++) {
      attempt(() => {
        // None ends while a slow machine still starts the others: those would be counted, too.
        const child = spawn('/bin/sleep', ['10'], { stdio: 'ignore' });
        child.on('error', () => undefined);
        if (child.pid) started++;
        else refused++;
      });
      // Each time: a slow machine does not come to the end.
      say({ started, refused });
    }
    process.exit();
  },
  orphan() {
    const script = `setTimeout(() => 0, 20000) // ${facts.tag}`;
    const child = spawn(process.execPath, ['-e', script], {
      detached: true,
      stdio: 'ignore',
    });
    child.on('error', () => undefined);
    child.unref();
    setTimeout(() => {
      say({ pid: child.pid });
      process.exit();
    }, 100);
  },
  signal() {
    const got = [process.ppid, facts.decoy].filter((pid) => pid > 1);
    say({ got: got.map((pid) => attempt(() => void process.kill(pid, 0))) });
  },
  buffers: () => pileUp(() => Buffer.alloc(16e6, 1)),
  wasm: () => pileUp(() => new Uint8Array(new WebAssembly.Memory({ initial: 256 }).buffer).fill(1)),
  loop() {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGXCPU', 'SIGALRM']) {
      attempt(() => void process.on(signal, () => undefined));
    }
    say({ started: true });
    for (;;);
  },
  bigint() {
    say({ started: true });
    for (let n = 3n; ; ) {
      try {
        n *= n;
      } catch {
        n = 3n;
      }
    }
  },
  disk() {
    // The one that has room comes last: whoever fills it may be ended for it.
    const got = [];
    for (const folder of ['/dev/shm', '/var/tmp', '/', '/dev', '/proc/1', '/tmp']) {
      got.push(fill(folder));
      say({ got });
    }
  },
  folder: () => say({ got: [fill('.')] }),
  deleted() {
    const descriptor = fs.openSync('deleted', 'w');
    fs.unlinkSync('deleted');
    const block = Buffer.alloc(1e6, 1);
    let bytes = 0;
    say({ bytes });
    const error = attempt(() => {
      while (bytes < facts.mostDisk) bytes += fs.writeSync(descriptor, block);
    });
    say({ bytes, error });
  },
  descriptors() {
    let opened = 0;
    const error = attempt(() => {
      for (; opened < 20000; opened++) fs.openSync('/dev/null');
    });
    say({ opened, error });
  },
  flood() {
    const block = Buffer.alloc(1e6, 65);
    for (let i = 0; i < 50; i++) attempt(() => fs.writeSync(3, block));
    setInterval(() => 0, 1000);
  },
};

ACTS[name]();
