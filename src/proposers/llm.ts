/**
 * Proposals of language models (ADR 0040). A prompt is built from what is public, a model is chosen by what its ideas
 * gained and cost, one object comes back and is read strictly; what cannot be used is asked for once more. Whatever goes
 * wrong is a trial without a candidate, for a reason, and what the calls took is on it either way.
 */
import { sha256 } from '../core/hash.ts';
import type { Rng } from '../core/rng.ts';
import { said } from '../core/said.ts';
import { NOTHING_SPENT, plus, type Spend } from '../core/spend.ts';
import type { Model, ModelAnswer, ModelRequest } from '../models/contract.ts';
import type { TaskKind } from '../tasks/contract.ts';
import type { AskRequest, Draft, Proposer } from './contract.ts';
import { chooseModel, learn, type Trials } from './llm/choice.ts';
import { type Operator, readReply, schemaOf } from './llm/forms.ts';
import { leakIn } from './llm/leaks.ts';
import {
  hasRoom,
  type PromptParts,
  promptText,
  repairText,
  systemText,
  visible,
} from './llm/prompt.ts';
import { atMost } from './outside/at-most.ts';
import { candidateOf, type Read, remembering } from './outside/candidate.ts';
import { failed } from './outside/failed.ts';
import {
  type Chosen,
  choose,
  type Heard,
  heard,
  NOTHING_HEARD,
  nameKnown,
} from './outside/shown.ts';

export interface LlmOptions extends Omit<PromptParts, 'toFiles'> {
  /** At least one. */
  readonly models: readonly Model[];
  /** At least one; drawn in equal parts. */
  readonly operators: readonly Operator[];
  /** Values that leave the machine in no prompt, whatever they look like. */
  readonly secrets: readonly string[];
  readonly maxOutputTokens: number;
  readonly temperature?: number;
  readonly topP?: number;
  /** Calls at a time. */
  readonly parallel: number;
  readonly kind: Pick<TaskKind, 'fromFiles' | 'toFiles'>;
  readonly read: Read;
}

export interface LlmState extends Heard {
  readonly trials: Trials;
}

export function llmProposer(given: LlmOptions): Proposer<LlmState> {
  const options = { ...given, read: remembering(given.read) };
  const { kind, parallel } = options;
  const parts: PromptParts = { ...options, toFiles: (text) => kind.toFiles(text) };
  const inTurn = atMost(parallel);
  return {
    name: 'llm',
    traits: { repeatable: false, sequential: parallel === 1, breeds: true, paid: true },
    init: () => ({ ...NOTHING_HEARD, trials: {} }),
    async ask(state, request) {
      const { call, prompt } = planned(options, parts, { state, request });
      const { chosen } = call;
      nameKnown(state, chosen, { keysOf: (text) => keysOf(options, text), request });
      if (prompt === undefined) return draftOf(call, { why: TOO_LONG, spent: NOTHING_SPENT });
      return inTurn(() => proposed(call, prompt));
    },
    preview(state, request) {
      const { call, prompt = TOO_LONG } = planned(options, parts, { state, request });
      return `To ${call.model.id}:\n\n${systemText(parts)}\n\n${prompt}`;
    },
    tell(state, told) {
      const { model, spent, gain } = told;
      const next = heard(state, told);
      if (model === undefined || spent === undefined) return { ...next, trials: state.trials };
      return { ...next, trials: learn(state.trials, { model, spent, gain }) };
    },
  };
}

/** Everything that is drawn for a call: before the first await. */
function planned(
  options: LlmOptions,
  parts: PromptParts,
  { state, request }: { readonly state: LlmState; readonly request: AskRequest },
): { readonly call: Call; readonly prompt: string | undefined } {
  const { models } = options;
  const { rng, fromOrigin, lessons = [] } = request;
  const chosen = choose(parts, request);
  const ids = models.map(({ id }) => id);
  const name = chooseModel(ids, fromOrigin ? {} : state.trials, rng);
  const model = models.find(({ id }) => id === name) as Model;
  const operator = operatorFor(options, chosen, rng);
  const prompt = promptText(parts, { operator, chosen, state, fromOrigin, lessons, rng });
  return { call: { options, parts, request, chosen, model, operator }, prompt };
}

const TOO_LONG = 'As a parent it alone is longer than proposers.prompt allows.';

interface Call {
  readonly options: LlmOptions;
  readonly parts: PromptParts;
  readonly request: AskRequest;
  readonly chosen: Chosen;
  readonly model: Model;
  readonly operator: Operator;
}

/** There is nothing to combine with where nothing else is shown. */
function operatorFor({ operators }: LlmOptions, { inspirations }: Chosen, rng: Rng): Operator {
  const able = inspirations.length > 0 ? operators : operators.filter((one) => one !== 'crossover');
  return able[rng.int(Math.max(1, able.length))] ?? 'edit';
}

/** One answer, and one more where the first cannot be used. */
async function proposed(call: Call, prompt: string): Promise<Draft> {
  let spent = NOTHING_SPENT;
  let asked = prompt;
  for (let attempt = 0; ; attempt++) {
    const answer = await askOnce(call, asked, attempt);
    if ('leak' in answer) return draftOf(call, { why: answer.leak, spent });
    spent = plus(spent, answer.spent);
    if ('failure' in answer) return draftOf(call, { ...failed(answer), spent });
    const outcome = outcomeOf(call, answer);
    if (!('why' in outcome) || attempt >= REPAIRS) return draftOf(call, { ...outcome, spent });
    asked = repairText(prompt, { answer: answer.text, why: outcome.why, rng: call.request.rng });
  }
}

const REPAIRS = 1;

async function askOnce(
  { options, parts, request, model, operator }: Call,
  prompt: string,
  attempt: number,
): Promise<ModelAnswer | { readonly leak: string }> {
  const system = systemText(parts);
  const leak = leakIn(`${system}\n${prompt}`, options.secrets);
  if (leak) {
    return {
      leak: `The prompt was not sent: line ${leak.line} of it holds what looks like ${leak.kind}. Take it out of the files and notes, or name the file in exclude.`,
    };
  }
  const { maxOutputTokens, temperature, topP } = options;
  const asked: ModelRequest = {
    label: `trial ${request.trial}, call ${attempt}`,
    system,
    // Half a character, which an answer that was cut may end in, makes some providers refuse the whole.
    prompt: prompt.replace(/\p{Cs}/gu, '\ufffd'),
    schema: schemaOf(operator),
    maxOutputTokens,
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
  };
  const { purse, signal } = request;
  return model.ask(asked, { purse, signal });
}

interface Thought {
  readonly hypothesis: string;
  readonly mechanism: string;
  readonly expected: number | null;
  readonly cites: readonly string[];
}

type Made = Pick<Draft, 'text' | 'key' | 'size'>;
type Outcome = { readonly thought?: Thought; readonly spent: Spend } & (
  | { readonly made: Made }
  | {
      readonly why: string;
      readonly as?: 'infra-error' | 'over-budget';
      readonly refused?: NonNullable<Draft['refused']>;
    }
);

/** What an answer comes to, and in one sentence why it is nothing. */
function outcomeOf(
  { options, parts, chosen, operator }: Call,
  { text, isCut }: Extract<ModelAnswer, { readonly text: string }>,
): { readonly thought?: Thought } & ({ readonly made: Made } | { readonly why: string }) {
  if (isCut) return { why: `Its answer was cut at ${options.maxOutputTokens} tokens.` };
  const whole = options.kind.toFiles(chosen.parent.text);
  const read = readReply(operator, text, visible(parts, whole));
  if ('why' in read) return read;
  const { thought, made } = read;
  const foreign = thought.cites.find((name) => !options.notes.some((note) => note.name === name));
  if (foreign !== undefined)
    return { thought, why: `It cites ${said(foreign)}, which is no note.` };
  if ('why' in made) return { thought, why: made.why };
  const unchanged = new Set(chosen.unchanged.flatMap((one) => keysOf(options, one.text)));
  const candidate = candidateOf({ ...whole, ...made.files }, options, unchanged);
  if ('why' in candidate) return { thought, why: candidate.why };
  const why = unshowable(options, parts, candidate.text);
  return why === undefined ? { thought, made: candidate } : { thought, why };
}

/** As a parent it would end every trial that drew it before a word is sent. */
function unshowable(options: LlmOptions, parts: PromptParts, text: string): string | undefined {
  const files = Object.entries(visible(parts, options.kind.toFiles(text)));
  const leak = files.flatMap(([, file]) => leakIn(file, options.secrets) ?? [])[0];
  if (leak) return `It holds what looks like ${leak.kind}.`;
  return hasRoom(parts, text) ? undefined : TOO_LONG;
}

function keysOf({ read }: LlmOptions, text: string): readonly string[] {
  const known = read(text);
  return 'key' in known ? [known.key] : [];
}

const NO_KEY = sha256('');

function draftOf({ chosen, model, operator }: Call, outcome: Outcome): Draft {
  const { thought, spent } = outcome;
  const about = {
    parents: [chosen.parent.id],
    operator,
    considered: 1,
    model: model.id,
    spent,
    ...remarks(thought),
  };
  if ('made' in outcome) return { ...about, ...outcome.made };
  const { why, as, refused } = outcome;
  return {
    ...about,
    text: '',
    key: NO_KEY,
    size: 0,
    noCandidate: `The model gave no candidate. ${why}`,
    ...(as ? { noCandidateAs: as } : {}),
    ...(refused ? { refused } : {}),
  };
}

/** In its own words, made fit for a line: they decide nothing. */
function remarks(thought: Thought | undefined): Partial<Draft> {
  if (thought === undefined) return {};
  const { hypothesis, mechanism, expected, cites } = thought;
  const line = (text: string): string => said(text, { quotes: false });
  return {
    ...(hypothesis === '' ? {} : { hypothesis: line(hypothesis) }),
    ...(mechanism === '' ? {} : { mechanism: line(mechanism) }),
    ...(expected === null ? {} : { expected }),
    ...(cites.length === 0 ? {} : { cites }),
  };
}
