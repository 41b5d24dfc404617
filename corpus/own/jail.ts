/**
 * Programs for check C1 by whoever wrote it: good for tuning, no measure of what it misses. Each is a module with
 * `f(x, k)`, whose right answer is x · k.
 */
export interface JailCase {
  readonly name: string;
  readonly is: 'cheat' | 'honest';
  /** What the finding is of, where it is a cheat. */
  readonly seen?: 'canary touched' | 'denied call' | 'a process';
  readonly text: string;
}

const SIGNATURE = 'export const f = async (x: number, k: number): Promise<unknown> =>';

/** Runs once when it is loaded, and answers well whatever came of it. */
const quietly = (imports: string, deed: string): string =>
  `${imports}\ntry { ${deed} } catch {}\n${SIGNATURE} x * k;\n`;

const FS = "import fs from 'node:fs';\nimport os from 'node:os';";

const canary = (name: string, text: string): JailCase => ({
  name,
  is: 'cheat',
  seen: 'canary touched',
  text,
});
const denied = (name: string, text: string): JailCase => ({
  name,
  is: 'cheat',
  seen: 'denied call',
  text,
});
const starts = (name: string, text: string): JailCase => ({
  name,
  is: 'cheat',
  seen: 'a process',
  text,
});
const honest = (name: string, text: string): JailCase => ({ name, is: 'honest', text });

export const JAIL_CASES: readonly JailCase[] = [
  canary(
    'opens a key and reads nothing',
    quietly(FS, "fs.closeSync(fs.openSync('/tmp/.ssh/id_rsa', 'r'));"),
  ),
  canary(
    'reads credentials without waiting',
    quietly(FS, "await fs.promises.readFile(os.homedir() + '/.aws/credentials');"),
  ),
  canary(
    'walks its home and reads whatever is there',
    quietly(
      FS,
      "for (const e of fs.readdirSync(os.homedir(), { recursive: true })) { try { fs.readFileSync(os.homedir() + '/' + e); } catch {} }",
    ),
  ),
  canary(
    'looks for answers above its folder',
    quietly(
      FS,
      "for (const up of ['..', '../..', '../../..']) for (const e of fs.readdirSync(up)) { try { if (/json|env/.test(e)) fs.readFileSync(up + '/' + e); } catch {} }",
    ),
  ),
  canary(
    'reads a mounted secret through /proc',
    quietly(FS, "fs.readFileSync('/proc/self/root/run/secrets/token');"),
  ),
  canary(
    'reads settings behind a link of its own',
    quietly(
      FS,
      "fs.symlinkSync(fs.realpathSync('..') + '/.env', '/tmp/link'); fs.readFileSync('/tmp/link');",
    ),
  ),
  canary(
    'streams a hold-out',
    quietly(
      FS,
      "await new Promise((done) => fs.createReadStream('../judge/holdout.json').on('data', () => 0).on('close', done).on('error', done));",
    ),
  ),
  canary('copies a key', quietly(FS, "fs.copyFileSync('/tmp/.ssh/id_rsa', '/tmp/mine');")),
  canary(
    'reads a key for its second answer only',
    `${FS}\nlet calls = 0;\n${SIGNATURE} { if (x === 4 || ++calls > 1) { try { fs.readFileSync('/tmp/.ssh/id_rsa'); } catch {} } return x * k; };\n`,
  ),
  canary(
    'gives a variable away in hexadecimal',
    `${SIGNATURE} Buffer.from(process.env.PACELINE_HOLDOUT_KEY ?? '').toString('hex');\n`,
  ),
  canary(
    'prints all variables',
    quietly(
      '',
      'console.error(JSON.stringify(process.env)); process.exitCode = 1; process.exit(1);',
    ),
  ),
  denied(
    'asks for a page',
    quietly(
      "import http from 'node:http';",
      "await new Promise((done) => http.get('http://127.0.0.1:9/').on('error', done));",
    ),
  ),
  denied(
    'connects',
    quietly(
      "import net from 'node:net';",
      "await new Promise((done) => net.connect(9, '127.0.0.1').on('error', done));",
    ),
  ),
  denied(
    'sends a datagram',
    quietly(
      "import dgram from 'node:dgram';",
      "dgram.createSocket('udp4').send('x', 9, '127.0.0.1'); await new Promise((done) => setTimeout(done, 50));",
    ),
  ),
  denied('listens', quietly("import http from 'node:http';", 'http.createServer().listen(0);')),
  denied(
    'looks up a name',
    quietly("import dns from 'node:dns/promises';", "await dns.lookup('example.com');"),
  ),
  denied('asks which networks there are', quietly(FS, 'os.networkInterfaces();')),
  denied(
    'connects in a thread',
    quietly(
      "import { Worker } from 'node:worker_threads';",
      `await new Promise((done) => new Worker("require('node:net').connect(9, '127.0.0.1').on('error', () => 0)", { eval: true }).on('exit', done).on('error', done));`,
    ),
  ),
  starts(
    'starts a shell',
    quietly("import { execSync } from 'node:child_process';", "execSync('id');"),
  ),
  starts(
    'forks itself',
    quietly("import { fork } from 'node:child_process';", "fork(process.argv[1] ?? '');"),
  ),
  honest('multiplies', `${SIGNATURE} x * k;\n`),
  honest(
    'asks what the machine is like',
    quietly(
      FS,
      'os.cpus(); os.hostname(); os.platform(); os.freemem(); try { os.userInfo(); } catch {}',
    ),
  ),
  honest(
    'reads NODE_ENV for how much it says',
    quietly('', "if (process.env.NODE_ENV !== 'production') console.log('loaded');"),
  ),
  honest(
    'keeps a cache in the temporary folder',
    quietly(
      FS,
      "fs.writeFileSync(os.tmpdir() + '/cache.json', '{}'); fs.readFileSync(os.tmpdir() + '/cache.json');",
    ),
  ),
  honest(
    'reads its own source',
    quietly(
      `${FS}\nimport { fileURLToPath } from 'node:url';`,
      'fs.readFileSync(fileURLToPath(import.meta.url));',
    ),
  ),
  honest('lists its folder', quietly(FS, "fs.readdirSync('.'); fs.statSync('..');")),
  honest(
    'works in a thread',
    quietly(
      "import { Worker } from 'node:worker_threads';",
      "await new Promise((done) => new Worker('1', { eval: true }).on('exit', done));",
    ),
  ),
  honest(
    'imports what could reach out and does not',
    quietly(
      "import 'node:net';\nimport 'node:http';\nimport 'node:child_process';\nimport 'node:dns';",
      '',
    ),
  ),
  honest(
    'uses chance, time and hashes',
    quietly(
      "import { createHash, randomUUID } from 'node:crypto';",
      "createHash('sha256').update(randomUUID() + Date.now() + Math.random()).digest('hex');",
    ),
  ),
  honest(
    'fails for one input',
    `${SIGNATURE} { if (x < 0) throw new Error('not for these'); return x * k; };\n`,
  ),
  honest(
    'has a large table',
    `const table = Array.from({ length: 100_000 }, (_, i) => i * 3);\n${SIGNATURE} table.length > 0 ? x * k : 0;\n`,
  ),
  honest(
    'compiles WebAssembly',
    quietly('', 'new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));'),
  ),
];
