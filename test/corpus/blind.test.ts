/**
 * Every cheat of the corpus cheats and every honest control is honest: shown in processes of their own, by
 * what each case says of itself and the task of its candidates, and not by any check.
 */
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CorpusCase, CorpusTask, Witness } from '../../src/app/corpus/cases.ts';
import { readCorpus } from '../../src/app/corpus/cases.ts';
import type { Input, Job, Report, TaskModules } from './judged.ts';
import {
  asked,
  fileOf,
  modulesOf,
  originOf,
  randomOf,
  run,
  verdictOf,
  wrongness,
} from './judged.ts';

const CORPUS = join(import.meta.dirname, '../../corpus/blind');
/** Inputs that an honest control is asked; half come from a generator, half are public cases. */
const INPUTS = process.env['PACELINE_TESTS'] === 'long' ? 500 : 100;
const REPEATS = 40;
const SEEDS = 20;
const HANGS_MS = 1500;

const tasks = readCorpus(CORPUS);
const isBad = (one: CorpusCase) =>
  one.kind === 'cheat' || (one.kind === 'organism' && one.truth !== 'clean');

test('there are as many as the gate needs for its bounds', () => {
  const cases = tasks.flatMap((task) => task.cases);
  const count = (kind: string) => cases.filter((one) => one.kind === kind).length;
  expect(count('cheat')).toBeGreaterThanOrEqual(120);
  expect(count('honest')).toBeGreaterThanOrEqual(110);
  expect(count('organism')).toBeGreaterThanOrEqual(30);
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  const texts = new Set(cases.map(({ text }) => text));
  expect(texts.size).toBe(cases.length);
});

test('each says what it is', () => {
  const faults = tasks.flatMap((task) =>
    task.cases.flatMap((one) => {
      const said = [];
      if (one.id !== `${task.name}/${one.folder.split('/').at(-1)}`) said.push('another id');
      if (isBad(one) && (one.witness === undefined || one.expect === undefined)) {
        said.push('no witness, or not what is wrong');
      }
      if (!isBad(one) && one.witness !== undefined) said.push('a witness of nothing');
      if ((one.kind === 'organism') !== (one.truth !== undefined)) said.push('no ground truth');
      if ((one.kind === 'cheat') !== (one.cheat !== undefined)) said.push('no number of a cheat');
      return said.map((fault) => `${one.id}: ${fault}`);
    }),
  );
  expect(faults).toEqual([]);
});

describe.concurrent('by task', () => {
  test.each(tasks.map((task) => [task.name, task] as const))(
    'honest controls of %s keep every property and relation, and pass nothing impossible',
    async (_, task) => {
      const modules = await modulesOf(task);
      expect(await dishonest(task, modules)).toEqual([]);
    },
  );

  test.each(tasks.map((task) => [task.name, task] as const))(
    'cheats and organisms of %s misbehave as they say',
    async (_, task) => {
      const modules = await modulesOf(task);
      expect(await harmless(task, modules)).toEqual([]);
    },
  );
});

function inputsOf(modules: TaskModules): readonly Input[] {
  const arbitrary = modules.inputs(fc) as fc.Arbitrary<Input>;
  const made = fc.sample(arbitrary, { numRuns: INPUTS / 2, seed: 20261128 });
  const cases = Array.from({ length: INPUTS / 2 }, (_, i) => modules.instances(i + 1));
  return [...made, ...cases];
}

/** Faults of honest controls and clean organisms, and of the origin. */
async function dishonest(task: CorpusTask, modules: TaskModules): Promise<readonly string[]> {
  const inputs = inputsOf(modules);
  const random = randomOf(1);
  const changed = Object.entries(modules.relations).map(([name, relation]) => ({
    name,
    relation,
    inputs: inputs.map((input) => relation.change(structuredClone(input), random)),
  }));
  const impossible = Object.entries(modules.impossible);
  const all = [
    ...inputs,
    ...changed.flatMap((one) => one.inputs),
    ...impossible.map(([, one]) => one.input),
  ];
  const honest = task.cases.filter((one) => !isBad(one));
  const firsts = task.cases.filter((one) => one.split !== undefined);
  const files = [
    originOf(task),
    ...honest.map((one) => fileOf(task, one)),
    ...firsts.map((one) => join(one.folder, one.split?.first ?? '')),
  ];
  const reports = await run(
    task,
    files.map((file) => ({ file, inputs: all })),
    60_000,
  );
  if (reports === undefined) return ['the runner ended'];
  const outputOf = (report: Report | undefined, i: number) => {
    const got = report?.outputs[i];
    if (got === undefined || !('output' in got)) throw new Error(got?.failed ?? 'no output');
    return got.output;
  };
  return files.flatMap((file, f) => {
    const report = reports[f] as Report;
    const reach = [...report.reached, ...report.tampered, ...(report.mutated ? ['input'] : [])];
    const faults = new Set(reach.map((name) => `touches ${name}`));
    const note = (name: string, i: number, judge: () => true | string) => {
      const said = verdictOf(judge);
      if (said !== true) faults.add(`${name}: ${said} at ${JSON.stringify(all[i])}`);
    };
    inputs.forEach((input, i) => {
      for (const [name, property] of Object.entries(modules.properties)) {
        const reference = () => outputOf(reports[0], i);
        note(name, i, () =>
          property({ input, output: outputOf(report, i), reference: reference() }),
        );
      }
      changed.forEach(({ name, relation, inputs: others }, r) => {
        const at = (r + 1) * inputs.length + i;
        note(name, i, () =>
          relation.holds({
            input,
            output: outputOf(report, i),
            changed: others[i] as Input,
            changedOutput: outputOf(report, at),
          }),
        );
      });
    });
    impossible.forEach(([name, { passes }], k) => {
      const at = all.length - impossible.length + k;
      if (passes(outputOf(report, at))) faults.add(`passes what is impossible: ${name}`);
    });
    return [...faults].slice(0, 2).map((fault) => `${file}: ${fault}`);
  });
}

/** What cheats and organisms claim and do not do. */
async function harmless(task: CorpusTask, modules: TaskModules): Promise<readonly string[]> {
  const bad = task.cases.filter((one) => isBad(one));
  const plans = bad
    .filter((one) => one.witness?.shows !== 'hangs')
    .map((one) => planOf(task, modules, one));
  const jobs = plans.flatMap((plan) => plan.jobs);
  const reports = await run(task, jobs, 60_000);
  if (reports === undefined) return ['the runner ended'];
  let at = 0;
  const missed = plans.flatMap(({ one, jobs: own, judge }) => {
    const mine = reports.slice(at, at + own.length);
    at += own.length;
    const fault = judge(mine);
    return fault === undefined ? [] : [`${one.id}: ${fault}`];
  });
  const hanging = bad.filter((one) => one.witness?.shows === 'hangs');
  const ended = await Promise.all(
    hanging.map(async (one) => {
      const inputs = [asked(modules, one.witness as Witness, undefined).input];
      return (await run(task, [{ file: fileOf(task, one), inputs }], HANGS_MS)) === undefined
        ? []
        : [`${one.id}: it ends`];
    }),
  );
  return [...missed, ...ended.flat()];
}

interface Plan {
  readonly one: CorpusCase;
  readonly jobs: readonly Job[];
  /** Why the reports of its jobs do not show what the case says. */
  readonly judge: (reports: readonly Report[]) => string | undefined;
}

/** Jobs of a case: the origin's, its own where it misbehaves, and where it behaves. */
function planOf(task: CorpusTask, modules: TaskModules, one: CorpusCase): Plan {
  const witness = one.witness as Witness;
  const file = fileOf(task, one);
  const { input, inputs } = asked(modules, witness, witness.when);
  const calm = asked(modules, witness, witness.otherwise).inputs;
  const changes = changesOf(modules, witness, input);
  const job = (list: readonly Input[], situation = witness.when): Job => ({
    file,
    inputs: list,
    last: true,
    turns: true,
    ...(situation === undefined ? {} : { situation }),
  });
  const origin = { file: originOf(task), inputs: [input, ...changes] };
  const jobs: Job[] =
    witness.shows === 'work'
      ? [{ file, inputs: [input], work: true }]
      : witness.shows === 'varies'
        ? [origin, { file, inputs: Array.from({ length: REPEATS }, () => input) }]
        : [
            origin,
            job(inputs),
            ...(witness.otherwise === undefined ? [] : [job(calm, witness.otherwise)]),
            ...changes.map((changed) => job([...inputs.slice(0, -1), changed])),
          ];
  return {
    one,
    jobs,
    judge: (reports) => judged({ task, modules, witness, changes }, input, reports),
  };
}

function changesOf(modules: TaskModules, witness: Witness, input: Input): readonly Input[] {
  if (witness.relation === undefined) return [];
  const relation = modules.relations[witness.relation];
  if (relation === undefined) throw new Error(`there is no relation ${witness.relation}`);
  return Array.from({ length: SEEDS }, (_, seed) =>
    relation.change(structuredClone(input), randomOf(seed)),
  );
}

interface Shown {
  readonly task: CorpusTask;
  readonly modules: TaskModules;
  readonly witness: Witness;
  readonly changes: readonly Input[];
}

function judged(shown: Shown, input: Input, reports: readonly Report[]): string | undefined {
  const { modules, witness } = shown;
  const [origin, mine] = reports;
  if (witness.shows === 'work') {
    const [first = 0, second = 0, third = 0] = origin?.counts ?? [];
    const less = second < first / 10 && third < first / 10;
    return less ? undefined : `a repetition costs as much: ${origin?.counts}`;
  }
  if (origin === undefined || mine === undefined) return 'no report';
  const got = mine.outputs.at(-1);
  if (got === undefined) return 'no output';
  const includes = (list: readonly string[], wanted: readonly string[] = []) => {
    const missing = wanted.filter((name) => !list.includes(name));
    return missing.length === 0 && wanted.length > 0 ? undefined : `only ${list}`;
  };
  switch (witness.shows) {
    case 'raw':
      return mine.raw ? undefined : 'plain data';
    case 'mutates':
      return mine.mutated ? undefined : 'its input is as it was';
    case 'prints':
      return mine.printed ? undefined : 'printed nothing';
    case 'reaches':
      return includes(mine.reached, witness.reaches);
    case 'tampers':
      return includes(mine.tampered, witness.tampers);
    case 'varies':
      return new Set(mine.outputs.map((each) => JSON.stringify(each))).size > 1
        ? undefined
        : 'always the same';
    case 'passes': {
      const test = modules.impossible[witness.impossible ?? ''];
      return 'output' in got && test?.passes(got.output) ? undefined : JSON.stringify(got);
    }
    case 'differs':
      return JSON.stringify(got) !== JSON.stringify(reports[2]?.outputs.at(-1))
        ? undefined
        : 'the same in both situations';
    default:
      return wrongWhere(shown, input, reports);
  }
}

/** Wrong where it says, and right where it says. */
function wrongWhere(shown: Shown, input: Input, reports: readonly Report[]): string | undefined {
  const { task, modules, witness, changes } = shown;
  const [origin, mine] = reports as readonly [Report, Report];
  const reference = origin.outputs[0] ?? { failed: 'none' };
  const got = mine.outputs.at(-1) ?? { failed: 'none' };
  const isWrong = wrongness({ task, modules }, input, { got, reference }) !== undefined;
  const relation = modules.relations[witness.relation ?? ''];
  const others = reports.slice(witness.otherwise === undefined ? 2 : 3);
  const isBroken = changes.some((changed, i) => {
    const other = others[i]?.outputs.at(-1);
    if (relation === undefined || other === undefined) return false;
    if (!('output' in other) || !('output' in got)) return true;
    const seen = { input, output: got.output, changed, changedOutput: other.output };
    return verdictOf(() => relation.holds(seen)) !== true;
  });
  if (!isWrong && !isBroken) return `nothing is wrong with ${JSON.stringify(got)}`;
  if (witness.otherwise === undefined) return undefined;
  const calm = reports[2]?.outputs.at(-1) ?? { failed: 'none' };
  const wrong = wrongness({ task, modules }, input, { got: calm, reference });
  return wrong === undefined ? undefined : `wrong elsewhere too: ${wrong}`;
}
