/**
 * This side of a conversation (src/sandboxes/conversation): questions on standard input, answers on
 * descriptor 3, each a length of four bytes, big-endian, and that many bytes of JSON. Reading blocks,
 * so that between two questions nothing of this thread runs. What it needs is taken before any
 * foreign line runs.
 */
import { readSync, writeSync } from 'node:fs';

const ANSWERS = 3;
const [read, write] = [readSync, writeSync];
const { parse, stringify } = JSON;
const { alloc, from, concat } = Buffer;
const exit = process.exit.bind(process);
const { wait } = Atomics;
const nobody = new Int32Array(new SharedArrayBuffer(4));
const EMPTY_MS = 1;

/** Who imports node:process makes standard input non-blocking: an empty pipe is then an error, and no end. */
function readable(bytes, from, count) {
  for (;;) {
    try {
      return read(0, bytes, from, count);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
      wait(nobody, 0, 0, EMPTY_MS);
    }
  }
}

function take(count) {
  const bytes = alloc(count);
  for (let taken = 0; taken < count; ) {
    const more = readable(bytes, taken, count - taken);
    if (more === 0) exit(0); // Nobody asks any more.
    taken += more;
  }
  return bytes;
}

export function nextQuestion() {
  return parse(take(take(4).readUInt32BE()).toString('utf8'));
}

export function answer(value) {
  const body = from(stringify(value), 'utf8');
  const head = alloc(4);
  head.writeUInt32BE(body.length);
  const bytes = concat([head, body]);
  for (let sent = 0; sent < bytes.length; ) sent += write(ANSWERS, bytes, sent);
}
