/** Honest controls of the corpus: what is wrong with them by the words of their own task. */
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { CorpusCase, CorpusTask } from '../../src/app/corpus/cases.ts';
import type { Json } from '../../src/core/json.ts';
import type { Input, Report, TaskModules } from './judged.ts';
import { fileOf, isBad, originOf, randomOf, run, verdictOf } from './judged.ts';

const TIMEOUT_MS = 100_000;
/** Public cases end before it. */
const FRESH = 1000;

interface Asked {
  readonly modules: TaskModules;
  readonly inputs: readonly Input[];
  /** The inputs of each relation, changed. */
  readonly changed: readonly { readonly name: string; readonly inputs: readonly Input[] }[];
  /** All of them one after the other, and what is impossible. */
  readonly all: readonly Input[];
}

/** `count` inputs, half from the task's generator, half public cases. */
function askedOf(modules: TaskModules, count: number): Asked {
  const arbitrary = modules.inputs(fc) as fc.Arbitrary<Input>;
  const made = fc.sample(arbitrary, { numRuns: count / 2, seed: 20261128 });
  const inputs = [
    ...made,
    ...Array.from({ length: count / 2 }, (_, i) => modules.instances(i + 1)),
  ];
  const random = randomOf(1);
  const changed = Object.entries(modules.relations).map(([name, relation]) => ({
    name,
    inputs: inputs.map((input) => relation.change(structuredClone(input), random)),
  }));
  const impossible = Object.values(modules.impossible).map(({ input }) => input);
  const all = [...inputs, ...changed.flatMap((one) => one.inputs), ...impossible];
  return { modules, inputs, changed, all };
}

/** Faults of honest controls, clean organisms, first halves of split attacks, and of the origin. */
export async function dishonest(
  task: CorpusTask,
  modules: TaskModules,
  count: number,
): Promise<readonly string[]> {
  const asked = askedOf(modules, count);
  const honest = task.cases.filter((one) => !isBad(one));
  const splits = task.cases.filter((one) => one.split !== undefined);
  const files = [
    originOf(task),
    ...honest.map((one) => fileOf(task, one)),
    ...splits.map((one) => join(one.folder, one.split?.first ?? '')),
  ];
  const jobs = files.map((file) => ({ file, inputs: asked.all }));
  const reports = await run(task, jobs, TIMEOUT_MS);
  const [origin] = reports ?? [];
  if (reports === undefined || origin === undefined) return ['the runner ended'];
  return files.flatMap((file, f) => {
    const report = reports[f] as Report;
    const faults = [...touched(report), ...broken(asked, report, origin), ...lucky(asked, report)];
    return faults.slice(0, 2).map((fault) => `${file}: ${fault}`);
  });
}

function touched({ reached, tampered, mutated }: Report): readonly string[] {
  const names = [...reached, ...tampered, ...(mutated ? ['its input'] : [])];
  return names.map((name) => `touches ${name}`);
}

function outputOf(report: Report, i: number): Json {
  const got = report.outputs[i];
  if (got === undefined || !('output' in got)) throw new Error(got?.failed ?? 'no output');
  return got.output;
}

function broken({ modules, inputs, changed, all }: Asked, report: Report, origin: Report) {
  const faults: string[] = [];
  const note = (name: string, i: number, judge: () => true | string) => {
    const said = verdictOf(judge);
    if (said !== true) faults.push(`${name}: ${said} at ${JSON.stringify(all[i])}`);
  };
  inputs.forEach((input, i) => {
    for (const [name, property] of Object.entries(modules.properties)) {
      note(name, i, () =>
        property({ input, output: outputOf(report, i), reference: outputOf(origin, i) }),
      );
    }
    changed.forEach(({ name, inputs: others }, r) => {
      const relation = modules.relations[name] as TaskModules['relations'][string];
      note(name, i, () =>
        relation.holds({
          input,
          output: outputOf(report, i),
          changed: others[i] as Input,
          changedOutput: outputOf(report, (r + 1) * inputs.length + i),
        }),
      );
    });
  });
  return faults;
}

function lucky({ modules, all }: Asked, report: Report): readonly string[] {
  const impossible = Object.entries(modules.impossible);
  return impossible.flatMap(([name, { passes }], k) =>
    passes(outputOf(report, all.length - impossible.length + k))
      ? [`passes what is impossible: ${name}`]
      : [],
  );
}

export interface Beside {
  readonly one: CorpusCase;
  /** Mean gain over the origin on fresh cases, in its standard errors; 0 where there is no difference. */
  readonly errors: number;
}

/** How honest controls score beside the origin, on `count` cases that are not public. */
export async function beside(
  task: CorpusTask,
  modules: TaskModules,
  count: number,
): Promise<readonly Beside[]> {
  const inputs = Array.from({ length: count }, (_, i) => modules.instances(FRESH + i));
  const honest = task.cases.filter((one) => !isBad(one));
  const files = [originOf(task), ...honest.map((one) => fileOf(task, one))];
  const jobs = files.map((file) => ({ file, inputs, situation: { seedRandom: 1 } }));
  const reports = (await run(task, jobs, TIMEOUT_MS)) ?? [];
  const [before = [], ...scores] = reports.map((report) =>
    inputs.map((input, i) => modules.score({ input, output: outputOf(report, i) })),
  );
  const sign = task.goal === 'max' ? 1 : -1;
  return honest.map((one, k) => {
    const gains = (scores[k] ?? []).map((score, i) => sign * (score - (before[i] ?? 0)));
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / count;
    const square = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (count - 1);
    return { one, errors: mean === 0 ? 0 : mean / Math.sqrt(square / count) };
  });
}
