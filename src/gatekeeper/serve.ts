/** The gatekeeper's end of the channel: questions in, answers out, each on its own. */
import { PacelineError } from '../core/errors.ts';
import type {
  FromGatekeeper,
  Introduction,
  Question,
  SaidError,
  ToGatekeeper,
} from './messages.ts';

export interface Channel {
  send(message: FromGatekeeper): void;
  onMessage(hear: (message: ToGatekeeper) => void): void;
}

export interface Answerer {
  introduce(introduction: Introduction): void;
  answer(question: Question, signal: AbortSignal): Promise<unknown>;
}

/** Answers until the channel closes; an error is an answer too. */
export function serve(channel: Channel, answerer: Answerer): void {
  const underWay = new Map<number, AbortController>();
  const reply = async (number: number, question: Question): Promise<void> => {
    const abort = new AbortController();
    underWay.set(number, abort);
    try {
      channel.send({ number, answer: await answerer.answer(question, abort.signal) });
    } catch (error) {
      channel.send({ number, error: said(error) });
    } finally {
      underWay.delete(number);
    }
  };
  channel.onMessage((message) => {
    if ('introduce' in message) answerer.introduce(message.introduce);
    else if ('cancel' in message) underWay.get(message.cancel)?.abort();
    else void reply(message.number, message);
  });
}

function said(error: unknown): SaidError {
  if (PacelineError.is(error)) {
    const { code, message, data } = error;
    return { code, message, data };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL', message: `The gatekeeper failed: ${message}`, data: {} };
}
