/**
 * The process that holds a user's checks: asked one question at a time, named in words when it does not
 * answer. It never sees a candidate, only outputs, which are data.
 */
import { PacelineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { CallOutput } from '../../evaluators/contract.ts';
import type { Conversation, Heard, Limits, Sandbox } from '../../sandboxes/contract.ts';
import { quoted } from './quoted.ts';

export interface TalkOptions {
  readonly sandbox: Sandbox;
  /** Program and arguments: answers as `evaluators/split/checks.mjs` does. */
  readonly argv: readonly string[];
  readonly reads: readonly string[];
  readonly hides: readonly string[];
  readonly cwd: string;
  /** `wallMs` is that of one answer: of one property on one batch. */
  readonly limits: Limits;
  /** The user's module, as sentences name it. */
  readonly module: string;
}

export type Outputs = readonly CallOutput[];

/** Brings outputs to a question that needs them half-way. */
export type Bring = (
  inputs: readonly Json[],
  isReferenced: boolean,
) => Promise<{ readonly outputs: Outputs; readonly references?: Outputs }>;

export interface Question {
  readonly do: string;
  /** What it is about, for the sentence on a time-out: `the property sorted`. */
  readonly about: string;
  readonly [key: string]: unknown;
}

type Told = Readonly<Record<string, unknown>>;

/** Batches of inputs and outputs are the task's own. */
const MAX_BYTES = 64 * 1024 * 1024;

export class ChecksTalk {
  readonly module: string;
  private readonly options: TalkOptions;
  private readonly closing = new AbortController();
  private talk: Conversation | undefined;

  constructor(options: TalkOptions) {
    this.options = options;
    this.module = options.module;
  }

  /**
   * @throws PacelineError CONFIG_INVALID for what is wrong with the module: it does not load, throws, hangs,
   *   or is changed by an output.
   */
  async ask({ about, ...question }: Question, signal: AbortSignal, bring?: Bring): Promise<Told> {
    signal.throwIfAborted();
    const talk = this.talk ?? this.start();
    const stop = (): void => void talk.close().catch(() => undefined);
    signal.addEventListener('abort', stop, { once: true });
    try {
      let told = this.told(await talk.ask(question), about);
      while (Array.isArray(told['need']) && bring !== undefined) {
        const brought = await bring(told['need'] as readonly Json[], told['isReferenced'] === true);
        told = this.told(await talk.ask(brought), about);
      }
      return told;
    } catch (error) {
      this.end();
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async close(): Promise<void> {
    this.closing.abort(new Error('The checks were closed.'));
    await this.talk?.close().catch(() => undefined);
  }

  /** @throws PacelineError that names the module, what it was about, and what to do. */
  refuse(about: string, what: string): PacelineError {
    return new PacelineError(
      'CONFIG_INVALID',
      `The checks ${this.module} cannot be used: ${about} ${what}. Mend them and run paceline checks; until then nothing is promoted on them.`,
      { module: this.module, about },
    );
  }

  private start(): Conversation {
    const { sandbox, argv, cwd, reads, hides, limits } = this.options;
    const kept = { ...limits, outputBytes: MAX_BYTES };
    const run = {
      argv,
      cwd,
      environment: {},
      reads,
      writes: [],
      hides,
      answersOn: 3,
      limits: kept,
    } as const;
    this.talk = sandbox.converse(run, this.closing.signal);
    return this.talk;
  }

  private end(): void {
    void this.talk?.close().catch(() => undefined);
    this.talk = undefined;
  }

  private told(heard: Heard, about: string): Told {
    if ('fault' in heard) throw this.refuse(about, `broke the conversation: ${heard.fault}`);
    if ('end' in heard) {
      const { ended, says, evidence, code } = heard.end;
      if (ended === 'timeout') {
        throw this.refuse(about, `gave no answer within ${this.options.limits.wallMs} ms`);
      }
      if (ended === 'refused' || ended === 'aborted') {
        throw new PacelineError(
          'INFRASTRUCTURE',
          `The process of the checks ${this.module} could not be kept running (${code ?? ended}${lastLine(evidence)}). Nothing was decided; try again.`,
        );
      }
      throw this.refuse(about, `ended its process. ${says}${lastLine(evidence)}`);
    }
    const { threw, spoiled } = heard.answer;
    if (typeof threw === 'string') throw this.refuse(about, `threw: ${threw}`);
    if (typeof spoiled === 'string') {
      throw this.refuse(about, `changed ${spoiled}, on which everything after it would stand`);
    }
    return heard.answer;
  }
}

function lastLine(evidence: string): string {
  const lines = evidence.split('\n').map((line) => line.trim());
  const last = lines.findLast((line) => line !== '' && !line.startsWith('at '));
  return last === undefined ? '' : ` ${quoted(last)}`;
}
