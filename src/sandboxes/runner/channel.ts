/** The channel of a run that goes both ways, for whoever takes it over. */
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { LOOK_EVERY_MS } from './usage.ts';

/** Looked at 20 times a second: who reads it holds it back, so what it holds is bounded besides. */
export function bounded(socket: Socket, outputBytes: number, overflow: () => void): Duplex {
  const timer = setInterval(() => {
    if (socket.bytesRead > outputBytes) overflow();
  }, LOOK_EVERY_MS);
  socket.once('close', () => clearInterval(timer));
  socket.on('error', () => undefined); // It ends with the run, whatever is under way.
  return socket;
}
