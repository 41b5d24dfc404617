/**
 * Proposals of a program of the user's own, in any language (ADR 0039). It reads one JSON document on
 * standard input and answers files or a patch on standard output. It is no candidate: it runs as the
 * user, outside the jail. Whatever goes wrong with it is a trial without a candidate, for a reason.
 */
import { sha256 } from '../core/hash.ts';
import { lastSaid } from '../core/said.ts';
import type { RunEnd, Sandbox } from '../sandboxes/contract.ts';
import type { Files, TaskKind } from '../tasks/contract.ts';
import { readAnswer } from './command/answer.ts';
import { type Prepared, prepare } from './command/request.ts';
import type { Draft, Proposer } from './contract.ts';
import { atMost } from './outside/at-most.ts';
import { type Answer, candidateOf, type Read, remembering } from './outside/candidate.ts';
import { type About, type Heard, heard, NOTHING_HEARD, nameKnown } from './outside/shown.ts';

export interface CommandProposerOptions extends Omit<About, 'toFiles'> {
  /** Program and arguments, as they are: no shell reads them. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly sandbox: Sandbox;
  readonly timeoutMs: number;
  /** Declared: the same request gives the same answer. */
  readonly isRepeatable: boolean;
  /** Programs at a time. With one, each is told what became of the proposal before. */
  readonly parallel: number;
  readonly kind: Pick<TaskKind, 'fromFiles' | 'toFiles'>;
  readonly read: Read;
}

/** No source file that a person reviews comes near; of what floods, this much is taken. */
const ANSWER_BYTES = 16 * 1024 * 1024;

export function commandProposer(given: CommandProposerOptions): Proposer<Heard> {
  const options = { ...given, read: remembering(given.read) };
  const { kind, parallel, isRepeatable } = options;
  const about: About = { ...options, toFiles: (text) => kind.toFiles(text) };
  const inTurn = atMost(parallel);
  return {
    ...commandTraits({ parallel, isRepeatable }),
    init: () => NOTHING_HEARD,
    async ask(state, request) {
      const prepared = prepare(about, state, request);
      const keysOf = (text: string): readonly string[] => keyOf(options, text);
      const unchanged = prepared.unchanged.flatMap(({ text }) => keysOf(text));
      nameKnown(state, prepared, { keysOf, request });
      const end = await inTurn(() => run(options, prepared, request.signal));
      request.signal.throwIfAborted();
      return draftOf(options, { prepared, unchanged: new Set(unchanged), end });
    },
    tell: heard,
  };
}

/** What it is known by, whether or not it is there. */
export function commandTraits(
  of: Pick<CommandProposerOptions, 'parallel' | 'isRepeatable'>,
): Pick<Proposer, 'name' | 'traits'> {
  const { parallel, isRepeatable: repeatable } = of;
  return {
    name: 'command',
    traits: { repeatable, sequential: parallel === 1, breeds: true, outside: true },
  };
}

function run(options: CommandProposerOptions, { input }: Prepared, signal: AbortSignal) {
  const { argv, cwd, environment, timeoutMs, sandbox } = options;
  const sees = { reads: [], writes: [], hides: [] };
  const limits = { wallMs: timeoutMs, outputBytes: ANSWER_BYTES };
  return sandbox.run({ argv, cwd, environment, input, ...sees, answersOn: 1, limits }, signal);
}

function keyOf({ read }: CommandProposerOptions, text: string): readonly string[] {
  const known = read(text);
  return 'key' in known ? [known.key] : [];
}

interface Ended {
  readonly prepared: Prepared;
  /** Keys of what it was to change. */
  readonly unchanged: ReadonlySet<string>;
  readonly end: RunEnd;
}

function draftOf(options: CommandProposerOptions, ended: Ended): Draft {
  const { parent } = ended.prepared;
  const answer = answerOf(ended.end, options.kind.toFiles(parent.text));
  const made = 'why' in answer ? answer : candidateOf(answer.files, options, ended.unchanged);
  const { hypothesis, expected } = answer;
  const about = {
    parents: [parent.id],
    operator: 'program',
    considered: 1,
    ...(hypothesis === undefined ? {} : { hypothesis }),
    ...(expected === undefined ? {} : { expected }),
  };
  if (!('why' in made)) return { ...about, ...made };
  const noCandidate = `The command gave no candidate. ${made.why}`;
  return { ...about, text: '', key: NO_KEY, size: 0, noCandidate };
}

const NO_KEY = sha256('');

/** What it printed counts only where it ended well. */
function answerOf(end: RunEnd, parent: Files): Answer {
  if (end.ended === 'exit' && end.exitCode === 0) return readAnswer(end.answer, parent);
  const isEnd = end.ended === 'exit' || end.ended === 'signal' || end.ended === 'timeout';
  return { why: isEnd ? `${end.says} ${lastSaid(end.evidence)}` : end.says };
}
