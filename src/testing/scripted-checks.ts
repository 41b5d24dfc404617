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

function module({
  inputs: drawn,
  properties = {},
  relations = {},
  impossible = {},
}: ScriptedChecks): (question: Question) => Readonly<Record<string, unknown>> {
  let [inputs, outputs, references]: [readonly Json[], Outputs, Outputs] = [[], [], []];
  const held = (of: Outputs[number]): Json | undefined => of?.output;
  const answers: Readonly<Record<string, (question: Question) => Record<string, unknown>>> = {
    describe: () => ({
      drawsInputs: drawn !== undefined,
      properties: Object.keys(properties),
      relations: Object.keys(relations),
      impossible: Object.entries(impossible).map(([name, { input }]) => ({ name, input })),
    }),
    draw: ({ seed, count }) => {
      inputs = drawn?.(Number(seed), Number(count)) ?? [];
      return { inputs };
    },
    take: (question) => {
      inputs = question['inputs'] as readonly Json[];
      return {};
    },
    give: (question) => {
      outputs = question['outputs'] as Outputs;
      references = (question['references'] ?? []) as Outputs;
      return {};
    },
    hold: ({ name }) => {
      let hasReadReference = false;
      const said = inputs.map((input, i) => {
        const output = held(outputs[i]);
        if (output === undefined) return undefined;
        return properties[String(name)]?.({
          input,
          output,
          get reference() {
            hasReadReference = true;
            return held(references[i]);
          },
        });
      });
      return { ...tallied(said), hasReadReference };
    },
    change: ({ name }) => {
      const made = inputs.map((input) => relations[String(name)]?.change(input));
      const at = made.flatMap((one, i) => (one === undefined ? [] : [i]));
      return { at, inputs: at.map((i) => made[i]) };
    },
    relate: ({ name, at, outputs: after }) => {
      const said: (Said | undefined)[] = inputs.map(() => undefined);
      for (const [k, i] of (at as readonly number[]).entries()) {
        const [before, now] = [held(outputs[i]), held((after as Outputs)[k])];
        if (before === undefined || now === undefined) continue;
        said[i] = relations[String(name)]?.holds(before, now);
      }
      return tallied(said);
    },
    passes: (question) => ({
      passed: (question['outputs'] as readonly { readonly name: string }[]).map(
        ({ name }) => impossible[name]?.passes,
      ),
    }),
    shrink: () => ({}),
  };
  return (question) => answers[question.do ?? '']?.(question) ?? {};
}

function tallied(said: readonly (Said | undefined)[]) {
  const places = said.flatMap((one, i) => (typeof one === 'string' ? [i] : []));
  const [at] = places;
  return {
    tried: said.filter((one) => one !== undefined).length,
    failed: places.length,
    places,
    ...(at === undefined ? {} : { first: { at, why: said[at] } }),
  };
}
