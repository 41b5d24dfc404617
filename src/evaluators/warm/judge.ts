/** The task's judge in a process of its own: it asks and scores, and no candidate is loaded there. */
import { PacelineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { Conversation, Heard, Limits, Run, Sandbox } from '../../sandboxes/contract.ts';
import { evidenceOf } from '../command/evidence.ts';
import { failureOf } from '../command/failure.ts';

export interface JudgeOptions {
  readonly sandbox: Sandbox;
  /** Program and arguments: asks and scores as `split/judge.mjs` does. */
  readonly argv: readonly string[];
  /** Path of the module with `ask` and `score`, as sentences name it. */
  readonly module: string;
  readonly cwd: string;
  readonly reads: readonly string[];
  readonly hides: readonly string[];
  /** `wallMs` is that of one answer. */
  readonly limits: Limits;
  readonly params: Readonly<Record<string, Json>>;
}

export interface Case {
  readonly seed: number;
  readonly instance?: Json;
}

export interface Answered extends Case {
  readonly input: Json;
  readonly output: Json;
  /** Where they are counted. */
  readonly steps?: number;
}

/** Inputs of many cases may be large, and they are the task's own. */
const MAX_BYTES = 64 * 1024 * 1024;

export class Judge {
  private readonly options: JudgeOptions;
  private readonly closing = new AbortController();
  private talk: Conversation | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(options: JudgeOptions) {
    this.options = options;
  }

  /**
   * What a candidate is given, case by case; undefined: the machine is short of something.
   * @throws PacelineError EVALUATOR_FAILED.
   */
  async ask(asks: readonly Case[], signal: AbortSignal): Promise<readonly Json[] | undefined> {
    const heard = await this.put({ asks }, signal);
    const inputs = listOf(heard, 'inputs', asks.length);
    if (inputs !== undefined) return inputs as readonly Json[];
    const why = this.without(heard);
    if (why === undefined) return undefined;
    const { module } = this.options;
    throw new PacelineError(
      'EVALUATOR_FAILED',
      `The judge ${module} gave no inputs. ${why} Mend it until it loads and exports ask({ seed }), which returns what a candidate is to be given, and score.`,
      { module },
    );
  }

  /** One record of metrics for each, or in one sentence why there is none; undefined as above. */
  async score(
    scores: readonly Answered[],
    signal: AbortSignal,
  ): Promise<readonly unknown[] | string | undefined> {
    const heard = await this.put({ scores }, signal);
    const metrics = listOf(heard, 'metrics', scores.length);
    if (metrics !== undefined) return metrics;
    const why = this.without(heard);
    return why && `The judge gave no score. ${why}`;
  }

  async close(): Promise<void> {
    this.closing.abort(new Error('The evaluator was closed.'));
    // Where it could not be started, whoever asked it was told.
    await this.talk?.close().catch(() => undefined);
  }

  /** One question at a time; a process that did not answer is followed by a new one. */
  private put(question: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<Heard> {
    const next = this.last.then(async () => {
      signal.throwIfAborted();
      this.talk ??= this.options.sandbox.converse(this.run(), this.closing.signal);
      const heard = await asked(this.talk, { ...question, params: this.options.params }, signal);
      if (!('answer' in heard)) this.talk = undefined;
      else if (heard.answer.spoiled !== undefined) {
        void this.talk.close();
        this.talk = undefined;
      }
      signal.throwIfAborted();
      return heard;
    });
    this.last = next.catch(() => undefined);
    return next;
  }

  private run(): Run {
    const { argv, cwd, reads, hides, limits } = this.options;
    const sees = { reads, writes: [], hides };
    const kept = { ...limits, outputBytes: MAX_BYTES };
    return { argv, cwd, environment: {}, ...sees, answersOn: 3, limits: kept };
  }

  /** @throws PacelineError where it could not even be started; undefined: the machine is short of something. */
  private without(heard: Heard): string | undefined {
    if ('fault' in heard) return heard.fault;
    if (!('end' in heard)) return notEach(heard.answer);
    const { module, argv, cwd } = this.options;
    const { outcome } = failureOf(heard.end, { subject: `The judge ${module}`, argv, cwd });
    return outcome === 'infra-error' ? undefined : `${heard.end.says}${evidenceOf(heard.end)}`;
  }
}

function notEach({ spoiled }: Readonly<Record<string, unknown>>): string {
  return typeof spoiled === 'string'
    ? `An output made it change ${spoiled}, on which the next score would stand: look at what an output holds before it is used as a key.`
    : 'Its answer is not one for each case.';
}

/** An abort ends the judge in the middle of its answer. */
async function asked(
  talk: Conversation,
  question: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<Heard> {
  const stop = (): void => void talk.close().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  return talk.ask(question).finally(() => signal.removeEventListener('abort', stop));
}

function listOf(heard: Heard, key: string, count: number): readonly unknown[] | undefined {
  const list = 'answer' in heard ? heard.answer[key] : undefined;
  return Array.isArray(list) && list.length === count ? list : undefined;
}
