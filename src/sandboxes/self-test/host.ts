/** What stands around a jail that is tested: listeners, a secret, folders that must stay as they are. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { atExit } from '../runner/at-exit.ts';
import { running } from '../runner/running.ts';
import { temporaryFolder } from './temporary.ts';

export interface Host {
  /** Of each probe its own. */
  readonly folder: string;
  readonly secret: string;
  readonly secretFile: string;
  /** Nobody may write here, although the permissions let everybody. */
  readonly canary: string;
  /** Visible in the jail, with a socket in it. */
  readonly shown: string;
  readonly ports: { readonly tcp: number; readonly udp: number; readonly abstract: string };
  /** A process with the secret in its environment. */
  readonly decoy: number;
  /** Connections and messages that arrived. */
  hits(): number;
  close(): Promise<void>;
}

const EVERYBODY = 0o777;

/** @param secret Nowhere else on this machine. */
export async function openHost(secret: string): Promise<Host> {
  const folder = mkdtempSync(join(temporaryFolder(), 'paceline-self-test-'));
  const [canary, shown] = ['canary', 'shown'].map((name) => join(folder, name)) as [string, string];
  chmodSync(folder, 0o755);
  for (const path of [canary, shown]) {
    mkdirSync(path);
    chmodSync(path, EVERYBODY);
  }
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, secret);
  let hits = 0;
  const hit = (): void => void hits++;
  const abstract = `paceline-self-test-${process.pid}-${folder.slice(-6)}`;
  const servers = [
    { port: 0, host: '127.0.0.1' },
    { path: `\0${abstract}` },
    { path: join(shown, 'socket') },
  ];
  const listening = await Promise.all(servers.map((where) => listen(where, hit)));
  chmodSync(join(shown, 'socket'), EVERYBODY);
  const decoy = spawn('sleep', ['600'], { stdio: 'ignore', env: { PACELINE_DECOY: secret } });
  await once(decoy, 'spawn');
  // Whoever ends the process meanwhile leaves none of it.
  const done = atExit(() => {
    decoy.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const [first] = listening as [Server, ...Server[]];
  const tcp = (first.address() as AddressInfo).port;
  // The same number for both where nobody else has it.
  const udp = await receive(hit, tcp).catch(() => receive(hit, 0));
  return {
    folder,
    secret,
    secretFile,
    canary,
    shown,
    ports: { tcp, udp: udp.address().port, abstract },
    decoy: decoy.pid ?? 0,
    hits: () => hits,
    close: () => {
      done();
      return close(folder, [...listening, udp], decoy);
    },
  };
}

async function listen(where: object, hit: () => void): Promise<Server> {
  const server = createServer((socket) => {
    hit();
    socket.destroy();
  });
  server.listen(where);
  await once(server, 'listening');
  return server;
}

async function receive(hit: () => void, port: number): Promise<Socket> {
  const socket = createSocket('udp4').on('message', hit);
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

async function close(
  folder: string,
  open: readonly (Server | Socket)[],
  decoy: ChildProcess,
): Promise<void> {
  const ended = once(decoy, 'exit');
  decoy.kill('SIGKILL');
  await ended;
  for (const one of open) one.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Ids of running processes that have this word among their own. */
export function runningWith(word: string): readonly number[] {
  return running((words) => words.includes(word));
}
