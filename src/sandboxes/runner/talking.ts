/**
 * Our side of a conversation: frames in on the run's standard input, frames out on its answer channel.
 * Each question carries a nonce of its own and is answered once, with the same nonce. Whatever else is
 * heard, an answer to no question, to an older one, or what is no JSON, ends the run: nothing that
 * process says afterwards is believed.
 */
import { randomBytes } from 'node:crypto';
import type { Conversation, Heard, RunEnd } from '../contract.ts';
import { FrameReader, frame } from './frames.ts';

/** Of a run that has started: where questions go, and how each answer is timed. */
export interface Line {
  /** Sends bytes; from here the time and the size of one answer count. */
  ask(bytes: Uint8Array): void;
  /** The answer is whole: nothing counts until the next question. */
  heard(): void;
}

/** What a run that is talked with tells. */
export interface Talk {
  /** Once it has started; not at all where it could not be. */
  begin(line: Line): void;
  hear(chunk: Uint8Array): void;
}

interface Asked {
  readonly nonce: string;
  readonly hear: (heard: Heard) => void;
  readonly fail: (error: unknown) => void;
}

const NONCE_BYTES = 16;

export class Talking implements Conversation, Talk {
  private readonly frames = new FrameReader();
  private readonly closing = new AbortController();
  private readonly begun: Promise<void>;
  private readonly ended: Promise<RunEnd>;
  private onBegin: () => void = () => undefined;
  private line: Line | undefined;
  private asked: Asked | undefined;
  /** Why there will be no more answers. */
  private over: Exclude<Heard, { readonly answer: unknown }> | undefined;

  /** @param start Starts the run, which ends with the signal at the latest. */
  constructor(start: (talk: Talk, signal: AbortSignal) => Promise<RunEnd>, signal: AbortSignal) {
    this.begun = new Promise((resolve) => {
      this.onBegin = resolve;
    });
    this.ended = start(this, AbortSignal.any([signal, this.closing.signal]));
    // Once for all questions: a race for each would keep every answer until the run has ended.
    this.ended.then(
      (end) => {
        this.over ??= { end };
        this.settle(this.over);
        this.onBegin();
      },
      (error) => {
        this.asked?.fail(error);
        this.onBegin();
      },
    );
  }

  begin(line: Line): void {
    this.line = line;
    this.onBegin();
  }

  hear(chunk: Uint8Array): void {
    for (const body of this.frames.push(chunk)) {
      if (this.over !== undefined) return;
      const answer = understood(body, this.asked?.nonce);
      if (typeof answer === 'string') {
        this.over = { fault: answer };
        this.settle(this.over);
        this.closing.abort(new Error(answer));
      } else this.settle({ answer });
    }
  }

  async ask(question: Readonly<Record<string, unknown>>): Promise<Heard> {
    await this.begun;
    if (this.over !== undefined) return this.over;
    // It could not be started: whoever asks gets the error.
    if (this.line === undefined) return { end: await this.ended };
    if (this.asked !== undefined)
      throw new Error('a second question before the first was answered');
    const nonce = randomBytes(NONCE_BYTES).toString('hex');
    // Before it counts as asked: what cannot be put into a frame is no question.
    const bytes = frame({ ...question, nonce });
    return new Promise((hear, fail) => {
      this.asked = { nonce, hear, fail };
      this.line?.ask(bytes);
    });
  }

  close(): Promise<RunEnd> {
    this.closing.abort(new Error('The conversation is over.'));
    return this.ended;
  }

  private settle(heard: Heard): void {
    this.line?.heard();
    const { hear } = this.asked ?? {};
    this.asked = undefined;
    hear?.(heard);
  }
}

/** An answer to the question, or in one sentence why it is none. */
function understood(
  body: Buffer,
  nonce: string | undefined,
): Readonly<Record<string, unknown>> | string {
  if (nonce === undefined) return 'It answered before it was asked.';
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return 'Its answer is not JSON.';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'Its answer is not a JSON object.';
  }
  const answer = value as Readonly<Record<string, unknown>>;
  return answer.nonce === nonce ? answer : 'Its answer does not carry the nonce of its question.';
}
