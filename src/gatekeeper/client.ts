/**
 * The engine's end of the channel. A gatekeeper that dies is started again and asked anew: what it had
 * written down it answers again, what it had not it has never passed.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type ErrorCode, PacelineError } from '../core/errors.ts';
import type {
  FromGatekeeper,
  Introduction,
  Question,
  SaidError,
  ToGatekeeper,
} from './messages.ts';

export interface LineOptions {
  /** Starts the process, its channel open. */
  readonly start: () => ChildProcess;
  readonly introduction: Introduction;
  /** How long it may take to end once it is told to, ms. */
  readonly mostEndMs?: number;
}

interface Pending {
  readonly question: Question;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** How many processes died over it. */
  deaths: number;
}

/** A question that ends two processes would end the third. */
const MOST_DEATHS = 2;
/** Of what it printed last, for the one who asks why it died. */
const EVIDENCE_BYTES = 2000;

export class Line {
  private readonly options: LineOptions;
  private readonly pending = new Map<number, Pending>();
  private child: ChildProcess | undefined;
  private evidence = '';
  private next = 1;
  private isClosed = false;

  constructor(options: LineOptions) {
    this.options = options;
  }

  /** Starts the process before anybody asks: it gets ready while the engine does. */
  open(): void {
    if (!this.isClosed) this.child ??= this.begin();
  }

  async ask<A>(question: Question, signal?: AbortSignal): Promise<A> {
    signal?.throwIfAborted();
    if (this.isClosed) throw new Error('The line to the gatekeeper is closed.');
    const number = this.next++;
    const { promise, resolve, reject } = withResolvers();
    this.pending.set(number, { question, resolve, reject, deaths: 0 });
    const onAbort = (): void => {
      say(this.child, { cancel: number });
      this.settle(number, ({ reject: end }) => end(signal?.reason));
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    this.open();
    say(this.child, { number, ...question });
    try {
      return (await promise) as A;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Returns when the process has ended, and what it had in its folders with it. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const number of this.pending.keys())
      this.settle(number, ({ reject }) => reject(new Error('The gatekeeper was closed.')));
    const { child } = this;
    this.child = undefined;
    if (child) await endOf(child, this.options.mostEndMs ?? MOST_END_MS);
  }

  private begin(): ChildProcess {
    const child = this.options.start();
    child.stderr?.on('data', (chunk: Buffer) => {
      this.evidence = `${this.evidence}${chunk}`.slice(-EVIDENCE_BYTES);
    });
    child.on('message', (message) => this.hear(message as FromGatekeeper));
    child.once('error', (error) => this.lost(child, error.message));
    child.once('exit', (code, signal) => this.lost(child, `it ended with ${signal ?? code}`));
    say(child, { introduce: this.options.introduction });
    // A study that is over waits for nobody.
    child.unref();
    child.channel?.unref();
    return child;
  }

  private hear(message: FromGatekeeper): void {
    this.settle(message.number, ({ resolve, reject }) =>
      'error' in message ? reject(errorOf(message.error)) : resolve(message.answer),
    );
  }

  private settle(number: number, how: (pending: Pending) => void): void {
    const pending = this.pending.get(number);
    this.pending.delete(number);
    if (pending) how(pending);
  }

  private lost(child: ChildProcess, how: string): void {
    if (this.child !== child) return;
    this.child = undefined;
    if (this.isClosed || this.pending.size === 0) return;
    for (const [number, pending] of this.pending) {
      pending.deaths += 1;
      if (pending.deaths < MOST_DEATHS) continue;
      this.settle(number, ({ reject }) => reject(down(how, this.evidence)));
    }
    if (this.pending.size === 0) return;
    const next = this.begin();
    this.child = next;
    for (const [number, { question }] of this.pending) say(next, { number, ...question });
  }
}

/** Whoever takes its folders away must not meet it there. Longer than it gives itself for ending. */
const MOST_END_MS = 3_000;

async function endOf(child: ChildProcess, mostMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  // No more is it to be waited for by nobody.
  child.ref();
  const ended = once(child, 'exit');
  const killing = setTimeout(() => child.kill('SIGKILL'), mostMs);
  if (child.connected) child.disconnect();
  await ended.finally(() => clearTimeout(killing));
}

/** A message that does not arrive is nobody's yet: the end of the process tells, and it is said again. */
function say(child: ChildProcess | undefined, message: ToGatekeeper): void {
  if (child?.connected) child.send(message, () => undefined);
}

function withResolvers(): Pick<Pending, 'resolve' | 'reject'> & {
  readonly promise: Promise<unknown>;
} {
  let resolve: Pending['resolve'] = () => undefined;
  let reject: Pending['reject'] = () => undefined;
  const promise = new Promise<unknown>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

function errorOf({ code, message, data }: SaidError): PacelineError {
  return new PacelineError(code as ErrorCode, message, data);
}

function down(how: string, evidence: string): PacelineError {
  const printed = evidence.trim() === '' ? '' : ` It printed last: ${evidence.trim().slice(-300)}`;
  return new PacelineError(
    'GATE_DOWN',
    `The gatekeeper died twice over the same question (${how}), so nothing is promoted. Run paceline resume; if it dies again, report this.${printed}`,
    { how },
  );
}
