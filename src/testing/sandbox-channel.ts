/** Laws of a run whose channel goes both ways, and of the network that a run may have with itself. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { RunEnd } from '../sandboxes/contract.ts';
import { type Bench, law, node, type SandboxSubject } from './sandbox-bench.ts';
import type { Suite } from './suite.ts';

const WALL_MS = 10_000;
const OUTPUT_BYTES = 64 * 1024;

/** Says back what it hears, louder; `flood` makes it say more than it may. */
const ECHO = `
const channel = new (require('net').Socket)({ fd: 3, readable: true, writable: true });
channel.on('data', (chunk) => {
  const said = String(chunk);
  if (said === 'flood') setInterval(() => channel.write('x'.repeat(65536)), 1);
  else if (said === 'end') process.exit(7);
  else channel.write(said.toUpperCase());
});`;

/** Tries to reach itself, then everybody else, by each kind of socket. */
const REACHES = `
const net = require('net');
const [port, file] = process.argv.slice(1);
const reached = (to) => new Promise((done) => {
  const socket = net.connect(to, () => done(true));
  socket.on('error', () => done(false));
});
const datagram = () => new Promise((done) => {
  const socket = require('dgram').createSocket('udp4');
  socket.on('error', () => done(false));
  socket.bind(0, '127.0.0.1', () => done(true));
});
const own = net.createServer().listen(0, '127.0.0.1', async () => {
  const itself = await reached({ host: '127.0.0.1', port: own.address().port });
  const host = await reached({ host: '127.0.0.1', port: Number(port) });
  const unix = await reached({ path: file });
  console.log(JSON.stringify({ itself, host, unix, datagram: await datagram() }));
  process.exit();
});
own.on('error', () => { console.log('{}'); process.exit(); });`;

export function channelLaws(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'a channel goes both ways, and closes with its run',
    async (bench) => {
      const { channel, end } = await attached(bench);
      channel.write('hello');
      const [heard] = (await once(channel, 'data')) as [Buffer];
      assert.equal(String(heard), 'HELLO');
      channel.write('end');
      const { ended, exitCode, answer } = await end;
      assert.deepEqual({ ended, exitCode, answer }, { ended: 'exit', exitCode: 7, answer: '' });
      assert.ok(channel.destroyed);
    },
  ]);
  law(suite, subject, [
    'what comes out of a channel is output, and limited like it',
    async (bench) => {
      const { channel, end } = await attached(bench);
      channel.resume();
      channel.write('flood');
      assert.equal((await end).ended, 'overflow');
    },
  ]);
  if (subject.holdsNothing === undefined) networkLaw(suite, subject);
}

function networkLaw(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'a network of its own holds the run alone; where it cannot be had it is refused',
    async (bench) => {
      if (!('how' in bench.sandbox.traits.ownNetwork)) {
        await assert.rejects(bench.run(node('0'), { ownNetwork: true }), { code: 'ISOLATION' });
        return;
      }
      const file = join(bench.folder, 'socket');
      const [unix, tcp] = [createServer(hangUp).listen(file), createServer(hangUp).listen(0)];
      const servers = [unix, tcp];
      await Promise.all(servers.map((server) => once(server, 'listening')));
      const { port } = tcp.address() as AddressInfo;
      const reads = [file];
      const words = [...node(REACHES), String(port), file];
      const end = await bench.run(words, { ownNetwork: true, reads, writes: [] });
      for (const server of servers) server.close();
      assert.deepEqual(JSON.parse(end.answer), {
        itself: true,
        host: false,
        unix: false,
        datagram: false,
      });
    },
  ]);
}

function hangUp(peer: Socket): void {
  peer.end();
}

async function attached({
  sandbox,
  folder,
}: Bench): Promise<{ readonly channel: Duplex; readonly end: Promise<RunEnd> }> {
  const sees = { reads: [], writes: [folder], hides: [] };
  const limits = { wallMs: WALL_MS, outputBytes: OUTPUT_BYTES };
  const run = { argv: node(ECHO), cwd: folder, environment: {}, ...sees, limits };
  const never = new AbortController().signal;
  let end: Promise<RunEnd> | undefined;
  const channel = await new Promise<Duplex>((use, fail) => {
    end = sandbox.attach(run, use, never);
    end.catch(fail);
  });
  return { channel, end: end as Promise<RunEnd> };
}
