/**
 * Proposals of a coding agent that speaks the Agent Client Protocol (agentclientprotocol.com, version 1), of which we
 * are the client (ADR 0044). It works on a copy of its parent, in a jail whose only way out is our relay to one endpoint; one
 * with a login of its own runs as the user. Whatever it does is a candidate only as far as files that may be changed
 * have changed.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../core/hash.ts';
import { lastSaid, said } from '../core/said.ts';
import { NOTHING_SPENT } from '../core/spend.ts';
import type { Relay, RelayUse } from '../models/contract.ts';
import type { Limits, RunEnd, Sandbox } from '../sandboxes/contract.ts';
import type { Files, TaskKind } from '../tasks/contract.ts';
import type { Rules } from './agent/permission.ts';
import { agentPrompt, thoughtIn } from './agent/prompt.ts';
import { Journal } from './agent/steps.ts';
import { oneTurn, type TurnEnd } from './agent/turn.ts';
import { type Left, MODEL_PORT, receive } from './agent/visit.ts';
import { makeWorktree, type WorktreeOptions } from './agent/worktree.ts';
import type { AskRequest, Draft, Proposer } from './contract.ts';
import { atMost } from './outside/at-most.ts';
import { candidateOf, type Proposed, type Read, remembering } from './outside/candidate.ts';
import { type Failed, failed } from './outside/failed.ts';
import {
  type About,
  type Chosen,
  choose,
  type Heard,
  heard,
  NOTHING_HEARD,
  nameKnown,
} from './outside/shown.ts';

export interface AgentOptions
  extends Omit<About, 'toFiles'>,
    Pick<WorktreeOptions, 'home' | 'beside'> {
  /** Program and arguments, as they are: no shell reads them. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What it reads besides its worktree. */
  readonly reads: readonly string[];
  readonly sandbox: Sandbox;
  readonly limits: Omit<Limits, 'outputBytes'>;
  /** Its way to a model. Absent: it has none of ours. */
  readonly relay?: Relay;
  /** It runs as the user, with a login that it was given. */
  readonly holdsCredentials: boolean;
  readonly rules: Rules;
  /** Takes out of its words what nobody is to read: one with a login of its own has all that its user has. */
  readonly clean: (text: string) => string;
  /** Agents at a time. */
  readonly parallel: number;
  readonly kind: Pick<TaskKind, 'fromFiles' | 'toFiles'>;
  readonly read: Read;
  /** Editable files that it neither sees nor changes. */
  readonly isHidden: (path: string) => boolean;
}

const PORTER = fileURLToPath(new URL('./agent/porter.mjs', import.meta.url));

/** Of all that comes out of a jail for one proposal, calls to models included. */
const OUTPUT_BYTES = 512 * 1024 * 1024;

const NO_KEY = sha256('');

export function agentProposer(given: AgentOptions): Proposer<Heard> {
  const options = { ...given, read: remembering(given.read) };
  const { kind, parallel, relay, holdsCredentials } = options;
  const about: About = { ...options, toFiles: (text) => kind.toFiles(text) };
  const inTurn = atMost(parallel);
  const keysOf = (text: string): readonly string[] => {
    const known = options.read(text);
    return 'key' in known ? [known.key] : [];
  };
  return {
    ...agentTraits({ parallel, isPaid: relay !== undefined, holdsCredentials }),
    init: () => NOTHING_HEARD,
    async ask(state, request) {
      const asked = planned(options, about, { state, request });
      nameKnown(state, asked.chosen, { keysOf, request });
      const unchanged = new Set(asked.chosen.unchanged.flatMap(({ text }) => keysOf(text)));
      const worked = await inTurn(() => work(options, asked, request));
      request.signal.throwIfAborted();
      return draftOf(options, { ...asked, ...worked, unchanged });
    },
    preview(state, request) {
      const { prompt } = planned(options, about, { state, request });
      return `To ${options.argv.join(' ')}, in a copy of the parent:\n\n${prompt}`;
    },
    tell: heard,
  };
}

/** What it is known by, whether or not it is there. */
export function agentTraits(of: {
  readonly parallel: number;
  readonly isPaid: boolean;
  readonly holdsCredentials: boolean;
}): Pick<Proposer, 'name' | 'traits'> {
  return {
    name: 'agent',
    traits: {
      repeatable: false,
      sequential: of.parallel === 1,
      breeds: true,
      ...(of.isPaid ? { paid: true } : { outside: true }),
      ...(of.holdsCredentials ? { holdsCredentials: true } : {}),
    },
  };
}

interface Planned {
  readonly chosen: Chosen;
  /** What it sees of its parent. */
  readonly files: Files;
  readonly prompt: string;
}

/** Reads the archive: before the first await. */
function planned(
  { kind, isHidden, holdsCredentials }: AgentOptions,
  about: About,
  { state, request }: { readonly state: Heard; readonly request: AskRequest },
): Planned {
  const { rng, fromOrigin, lessons = [] } = request;
  const chosen = choose(about, request);
  const all = Object.entries(kind.toFiles(chosen.parent.text));
  const shown = all.filter(([path]) => !isHidden(path));
  const editable = shown.map(([path]) => path);
  const prompt = agentPrompt(about, {
    chosen,
    state,
    fromOrigin,
    editable,
    isJailed: !holdsCredentials,
    hidesAny: shown.length < all.length,
    lessons,
    rng,
  });
  return { chosen, files: Object.fromEntries(shown), prompt };
}

interface Worked {
  readonly end: RunEnd;
  readonly turn: TurnEnd;
  readonly left: Left | undefined;
  readonly last: string;
  readonly paid: Partial<Awaited<ReturnType<RelayUse['close']>>>;
}

async function work(options: AgentOptions, planned: Planned, request: AskRequest): Promise<Worked> {
  const { home, beside, sandbox, relay, rules, clean } = options;
  const { purse, signal, note } = request;
  signal.throwIfAborted();
  const { files, prompt } = planned;
  const tree = makeWorktree({ home, files, beside });
  const use = relay?.open({ purse, signal });
  // Where its worktree lay says nothing to anybody.
  const inWords = (text: string): string => clean(text.replaceAll(`${tree.folder}/`, ''));
  const journal = new Journal((step) => note?.(step), inWords);
  let left: Promise<Left | undefined> = Promise.resolve(undefined);
  let turn: Promise<TurnEnd> = Promise.resolve({ why: 'It was never started.' });
  try {
    const end = await sandbox.attach(
      runOf(options, tree.folder, Object.keys(files)),
      (channel) => {
        const visit = receive(channel, use?.pass);
        left = visit.left;
        turn = visit.talk.then((talk) =>
          talk === undefined
            ? { why: 'It was never started.' }
            : oneTurn({ talk, folder: tree.folder, prompt, rules, journal }),
        );
      },
      signal,
    );
    const found = { end, left: await left, turn: await turn, last: journal.end() };
    return { ...found, paid: (await use?.close(end.ended !== 'exit')) ?? {} };
  } finally {
    await use?.close();
    tree.remove();
  }
}

function runOf(
  { argv, environment, reads, limits, relay, beside }: AgentOptions,
  folder: string,
  editable: readonly string[],
) {
  const isNetworked = relay !== undefined;
  const shown = beside.filter(({ as }) => as === 'shown');
  const settings = {
    argv,
    folder,
    environment,
    editable,
    shown: shown.map(({ name }) => name),
    ...(isNetworked ? { port: MODEL_PORT } : {}),
  };
  return {
    argv: [process.execPath, PORTER],
    cwd: folder,
    // Not as an argument: those are for everybody to read.
    environment: { PACELINE_AGENT: JSON.stringify(settings) },
    reads: [PORTER, ...reads],
    shows: shown.map(({ name, path }) => ({ source: path, path: join(folder, name) })),
    writes: [folder],
    hides: [],
    limits: { ...limits, outputBytes: OUTPUT_BYTES },
    ...(isNetworked ? { ownNetwork: true } : {}),
  };
}

interface Ended extends Planned, Worked {
  /** Keys of what it was to change. */
  readonly unchanged: ReadonlySet<string>;
}

function draftOf(options: AgentOptions, ended: Ended): Draft {
  const { chosen, last, paid } = ended;
  const { model, spent } = paid;
  const { hypothesis, expected } = thoughtIn(last);
  const about = {
    parents: [chosen.parent.id],
    operator: 'agent',
    considered: 1,
    ...(hypothesis === undefined ? {} : { hypothesis: said(hypothesis, { quotes: false }) }),
    ...(expected === undefined ? {} : { expected }),
    ...(model === undefined ? {} : { model, spent: spent ?? NOTHING_SPENT }),
  };
  const made = madeOf(options, ended);
  if (!('why' in made)) return { ...about, ...made };
  return {
    ...about,
    text: '',
    key: NO_KEY,
    size: 0,
    noCandidate: options.clean(`The agent gave no candidate. ${made.why}`),
    ...(made.as ? { noCandidateAs: made.as } : {}),
    ...(made.refused ? { refused: made.refused } : {}),
  };
}

/** What it left is a candidate, or why not: what stood in its way first, then what it said. */
function madeOf(options: AgentOptions, ended: Ended): Proposed | Failed {
  const { left, turn, paid, files, chosen } = ended;
  const end = { ...ended.end, evidence: options.clean(ended.end.evidence) };
  const hopeless = hopelessOf(options, ended);
  if (hopeless !== undefined) {
    const says = `The agent cannot work here. ${hopeless}`;
    return failed({ failure: { kind: 'misconfigured', says } });
  }
  if (left === undefined) return blamed(paid, endOf(end, turn));
  // Half of an idea is none.
  if ('why' in turn) return blamed(paid, brokenOff(turn.why, end.evidence));
  const [foreign] = left.changed;
  if (foreign !== undefined) {
    return { why: `It changed ${said(foreign)}, which is not among the editable files.` };
  }
  const broken = Object.keys(files).find((path) => typeof left.files[path] !== 'string');
  if (broken !== undefined) {
    return {
      why: `It left ${said(broken)} as no file of text, or what it may change larger than 1 MiB together.`,
    };
  }
  const isChanged = Object.keys(files).some((path) => left.files[path] !== files[path]);
  if (!isChanged) return blamed(paid, `It changed nothing (${turn.stop}).`);
  const now = Object.keys(files).map((path) => [path, left.files[path] as string] as const);
  const telling = now.find(([, text]) => options.clean(text) !== text);
  if (telling) return { why: `It wrote a secret of this environment into ${said(telling[0])}.` };
  const whole = { ...options.kind.toFiles(chosen.parent.text), ...Object.fromEntries(now) };
  return candidateOf(whole, options, ended.unchanged);
}

/** @throws PacelineError PROVIDER_DOWN as `failed` does. */
function blamed({ trouble }: Worked['paid'], why: string): Failed {
  if (trouble === undefined) return { why };
  const { why: says, ...rest } = failed({ failure: trouble });
  return { why: `${why} ${says}`, ...rest };
}

function brokenOff(why: string, evidence: string): string {
  return evidence.trim() === '' ? why : `${why} ${lastSaid(evidence)}`;
}

function endOf(end: RunEnd, turn: TurnEnd): string {
  const isOwn = end.ended === 'exit' && 'why' in turn;
  return isOwn ? `${turn.why} ${lastSaid(end.evidence)}` : `${end.says} ${lastSaid(end.evidence)}`;
}

/** What would end every other proposal alike: the study pauses, and somebody does something about it. */
function hopelessOf(options: AgentOptions, { left, turn }: Worked): string | undefined {
  if (left?.fault !== undefined) return notStarted(options, left.fault);
  return 'why' in turn && turn.isForAll ? turn.why : undefined;
}

function notStarted({ argv }: AgentOptions, code: string): string {
  return `Its program ${said(argv[0] ?? '')} could not be started (${said(code, { quotes: false })}): name what it needs in reads.`;
}
