/**
 * The gatekeeper: a process that holds keys, secret cases and evidence, and loads no candidate. It lives as
 * long as the engine that started it, and whatever it holds ends with it.
 */
import { PacelineError } from '../../core/errors.ts';
import type {
  FromGatekeeper,
  Introduction,
  Question,
  ToGatekeeper,
} from '../../gatekeeper/messages.ts';
import { type Answerer, serve } from '../../gatekeeper/serve.ts';
import { type Keeper, openKeeper } from './keeper.ts';

/** For taking its folders away. What is still judged then ends with this process: nobody is left to be told. */
const LINGER_MS = 1_000;

let keeper: Keeper | undefined;
let introduction: Introduction | undefined;

const answerer: Answerer = {
  introduce(said) {
    introduction = said;
  },
  answer: (question: Question, signal: AbortSignal) => opened().answer(question, signal),
};

function opened(): Keeper {
  if (keeper) return keeper;
  if (introduction === undefined) {
    throw new PacelineError('INTERNAL', 'The gatekeeper was asked before it knew of which study.');
  }
  keeper = openKeeper(introduction);
  return keeper;
}

serve(
  {
    send: (message: FromGatekeeper) => void (process.connected && process.send?.(message)),
    onMessage: (hear) => process.on('message', (message) => hear(message as ToGatekeeper)),
  },
  answerer,
);

// An interrupt goes to all processes of a terminal: the engine decides what becomes of it.
process.on('SIGINT', () => undefined);
process.once('disconnect', () => {
  setTimeout(() => process.exit(), LINGER_MS);
  const ended = Promise.resolve(keeper?.close()).catch(() => undefined);
  void ended.then(() => process.exit());
});
