/** A user's checks without a process: what `evaluators/split/checks.mjs` answers, of plain functions. */
import type { Json } from '../core/json.ts';
import type { TalkOptions } from '../gates/properties/talk.ts';
import type { Heard, RunEnd, Sandbox } from '../sandboxes/contract.ts';

export interface Given {
  readonly input: Json;
  readonly output: Json;
  readonly reference: Json | undefined;
}

type Said = true | string;

export interface ScriptedChecks {
  readonly inputs?: (seed: number, count: number) => readonly Json[];
  readonly properties?: Readonly<Record<string, (given: Given) => Said>>;
  readonly relations?: Readonly<
    Record<
      string,
      {
        readonly change: (input: Json) => Json | undefined;
        readonly holds: (before: Json, after: Json) => Said;
      }
    >
  >;
  readonly impossible?: Readonly<
    Record<string, { readonly input: Json; readonly passes: unknown }>
  >;
  /** CPU time that each answer says it took. */
  readonly cpuMs?: number;
  /** Instead of its own answer. */
  readonly instead?: (question: Question) => Heard | undefined;
}

export type Question = Readonly<Record<string, unknown>> & { readonly do?: string };

type Outputs = readonly (Readonly<{ output?: Json; failed?: string }> | undefined)[];

const ENDED = {
  ended: 'exit',
  says: 'Ended with exit code 0.',
  exitCode: 0,
  signal: null,
  answer: '',
  evidence: '',
  cpuMs: 0,
} satisfies RunEnd;

/** A run that ended so. */
export function ended(of: Partial<RunEnd>): Heard {
  return { end: { ...ENDED, ...of } };
}

export interface Scripted {
  readonly talk: TalkOptions;
  /** Every question so far. */
  readonly asked: Question[];
  /** Talks that were begun, and closed. */
  readonly talks: { begun: number; closed: number };
}

export function scriptedChecks(checks: ScriptedChecks): Scripted {
  const asked: Question[] = [];
  const talks = { begun: 0, closed: 0 };
  const converse: Sandbox['converse'] = () => {
    talks.begun++;
    const answer = module(checks);
    return {
      ask: async (question) => {
        asked.push(question);
        const { cpuMs = 0 } = checks;
        return checks.instead?.(question) ?? { answer: { cpuMs, ...answer(question) } };
      },
      close: async () => {
        talks.closed++;
        return ENDED;
      },
    };
  };
  const talk: TalkOptions = {
    sandbox: { converse } as unknown as Sandbox,
    argv: [],
    reads: [],
    hides: [],
    cwd: '/',
    limits: { wallMs: 2000, outputBytes: 1000 },
    module: 'checks.mjs',
  };
  return { talk, asked, talks };
}

interface Batch {
  inputs: readonly Json[];
  outputs: Outputs;
  references: Outputs;
}

type Answer = Readonly<Record<string, unknown>>;

function module(checks: ScriptedChecks): (question: Question) => Answer {
  const { inputs: drawn, properties = {}, relations = {}, impossible = {} } = checks;
  const batch: Batch = { inputs: [], outputs: [], references: [] };
  const answers: Readonly<Record<string, (question: Question) => Answer>> = {
    describe: () => ({
      drawsInputs: drawn !== undefined,
      properties: Object.keys(properties),
      relations: Object.keys(relations),
      impossible: Object.entries(impossible).map(([name, { input }]) => ({ name, input })),
    }),
    draw: ({ seed, count }) => {
      batch.inputs = drawn?.(Number(seed), Number(count)) ?? [];
      return { inputs: batch.inputs };
    },
    take: (question) => {
      batch.inputs = question['inputs'] as readonly Json[];
      return {};
    },
    give: (question) => {
      batch.outputs = question['outputs'] as Outputs;
      batch.references = (question['references'] ?? []) as Outputs;
      return {};
    },
    hold: ({ name }) => held(batch, properties[String(name)]),
    change: ({ name }) => changed(batch, relations[String(name)]),
    relate: (question) => related(batch, relations[String(question['name'])], question),
    passes: (question) => ({
      passed: (question['outputs'] as readonly { readonly name: string }[]).map(
        ({ name }) => impossible[name]?.passes,
      ),
    }),
    shrink: () => ({}),
  };
  return (question) => answers[question.do ?? '']?.(question) ?? {};
}

type Property = NonNullable<ScriptedChecks['properties']>[string];
type Relation = NonNullable<ScriptedChecks['relations']>[string];

function held({ inputs, outputs, references }: Batch, property: Property | undefined): Answer {
  let hasReadReference = false;
  const said = inputs.map((input, i) => {
    const output = outputs[i]?.output;
    if (output === undefined) return undefined;
    return property?.({
      input,
      output,
      get reference() {
        hasReadReference = true;
        return references[i]?.output;
      },
    });
  });
  return { ...tallied(said), hasReadReference };
}

function changed({ inputs }: Batch, relation: Relation | undefined): Answer {
  const made = inputs.map((input) => relation?.change(input));
  const at = made.flatMap((one, i) => (one === undefined ? [] : [i]));
  return { at, inputs: at.map((i) => made[i]) };
}

function related(
  { inputs, outputs }: Batch,
  relation: Relation | undefined,
  { at, outputs: after }: Question,
): Answer {
  const said: (Said | undefined)[] = inputs.map(() => undefined);
  for (const [k, i] of (at as readonly number[]).entries()) {
    const [before, now] = [outputs[i]?.output, (after as Outputs)[k]?.output];
    if (before === undefined || now === undefined) continue;
    said[i] = relation?.holds(before, now);
  }
  return tallied(said);
}

function tallied(said: readonly (Said | undefined)[]): Answer {
  const places = said.flatMap((one, i) => (typeof one === 'string' ? [i] : []));
  const [at] = places;
  return {
    tried: said.filter((one) => one !== undefined).length,
    failed: places.length,
    places,
    ...(at === undefined ? {} : { first: { at, why: said[at] } }),
  };
}
