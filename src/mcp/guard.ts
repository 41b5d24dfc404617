/**
 * Who may speak to the server over HTTP: a program on this machine that has the token. A page in a browser has
 * neither: its Origin is another, and a name that was rebound to 127.0.0.1 is in its Host.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface Refused {
  readonly status: number;
  readonly why: string;
}

export interface Guard {
  readonly port: number;
  readonly token: string;
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Undefined where it may. */
export function refusedRequest(
  { headers }: Pick<IncomingMessage, 'headers'>,
  { port, token }: Guard,
): Refused | undefined {
  const hosts = LOOPBACK.map((host) => `${host}:${port}`);
  if (!hosts.includes(headers.host ?? '')) {
    return { status: 403, why: 'This server answers to loopback names alone.' };
  }
  const { origin } = headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
    return { status: 403, why: 'Pages of other origins may not speak to this server.' };
  }
  if (isSame(headers.authorization ?? '', `Bearer ${token}`)) return undefined;
  return {
    status: 401,
    why: 'Send the token that was printed at the start, as Authorization: Bearer.',
  };
}

/** In a time that tells nothing of how much of it was right. */
function isSame(given: string, due: string): boolean {
  const [a, b] = [given, due].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
