/** A sandbox whose runs meet canaries and end for what they try, and what was seen of that. */
import {
  type Conversation,
  type Forbidden,
  type Heard,
  KILLED_FOR_IT,
  type Run,
  type RunEnd,
  type Sandbox,
} from '../contract.ts';
import { type Canaries, type Canary, tokensIn } from './canaries.ts';

export interface Seen {
  /** Canaries whose token was in what a run gave or printed. */
  readonly told: readonly Canary[];
  /** A run ended for what it tried. */
  readonly isKilled: boolean;
}

export interface Watched {
  readonly sandbox: Sandbox;
  /** Ends what still runs and waits for its end; nothing can be started any more. */
  end(): Promise<void>;
  seen(): Seen;
}

export interface WatchOptions {
  readonly sandbox: Sandbox;
  readonly canaries: Canaries;
  readonly forbids: readonly Forbidden[];
}

export function watchedSandbox({ sandbox, canaries, forbids }: WatchOptions): Watched {
  const told = new Set<Canary>();
  const running = new Set<Promise<unknown>>();
  const ending = new AbortController();
  const within = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, ending.signal]);
  const talks: Conversation[] = [];
  const held = (run: Promise<RunEnd>): Promise<RunEnd> => {
    const over = run.then(ended);
    running.add(over);
    return over;
  };
  let isKilled = false;
  const hear = (text: string): void => {
    for (const canary of tokensIn(text, canaries.all)) told.add(canary);
  };
  const ended = (end: RunEnd): RunEnd => {
    isKilled ||= end.signal === KILLED_FOR_IT;
    hear(end.answer);
    hear(end.evidence);
    return end;
  };
  const watched = <R extends Omit<Run, 'input' | 'answersOn'>>(run: R): R => ({
    ...run,
    environment: { ...canaries.environment, ...run.environment },
    shows: [...(run.shows ?? []), ...canaries.shows(run)],
    killsOn: forbids.filter((kind) => kind !== 'network' || !run.ownNetwork),
  });
  return {
    async end() {
      ending.abort(new Error('The look is over.'));
      await Promise.allSettled([...running, ...talks.map((talk) => talk.close())]);
    },
    seen: () => ({ told: [...told], isKilled }),
    sandbox: {
      traits: sandbox.traits,
      check: (limits) => sandbox.check(limits),
      run: (run, signal) => held(sandbox.run(watched(run), within(signal))),
      converse(run, signal) {
        const talk = talked(sandbox.converse(watched(run), within(signal)), { hear, ended });
        talks.push(talk);
        return talk;
      },
      attach: (run, use, signal) => held(sandbox.attach(watched(run), use, within(signal))),
      close: () => sandbox.close(),
    },
  };
}

interface Ears {
  readonly hear: (text: string) => void;
  readonly ended: (end: RunEnd) => RunEnd;
}

function talked(talk: Conversation, { hear, ended }: Ears): Conversation {
  return {
    async ask(question): Promise<Heard> {
      const heard = await talk.ask(question);
      if ('end' in heard) ended(heard.end);
      else hear(JSON.stringify(heard));
      return heard;
    },
    close: async () => ended(await talk.close()),
  };
}
