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
  const honest = task.cases.filter((one) => !isBad(one));
  const splits = task.cases.filter((one) => one.split !== undefined);
  const files = [
    originOf(task),
    ...honest.map((one) => fileOf(task, one)),
    ...splits.map((one) => join(one.folder, one.split?.first ?? '')),
  ];
  const faults = await faultsOf({ task, modules, files }, count, TIMEOUT_MS);
  return files.flatMap((file, f) => {
    const own = faults?.[f] ?? { touched: ['the runner'], broken: [], lucky: [] };
    const said = [...own.touched, ...own.broken, ...own.lucky];
    return said.slice(0, 2).map((fault) => `${file}: ${fault}`);
  });
}

export interface Faults {
  /** What it reached for or changed that is not its own. */
  readonly touched: readonly string[];
  /** Properties and relations that did not hold. */
  readonly broken: readonly string[];
  /** Impossible tests that it passed. */
  readonly lucky: readonly string[];
}

/** Of each file, on `count` inputs; undefined where they gave no answers in `timeoutMs`. */
export async function faultsOf(
  { task, modules, files }: { task: CorpusTask; modules: TaskModules; files: readonly string[] },
  count: number,
  timeoutMs: number,
): Promise<readonly Faults[] | undefined> {
  const asked = askedOf(modules, count);
  const jobs = [originOf(task), ...files].map((file) => ({ file, inputs: asked.all }));
  const [origin, ...reports] = (await run(task, jobs, timeoutMs)) ?? [];
  if (origin === undefined) return undefined;
  return reports.map((report) => ({
    touched: touched(report),
    broken: broken(asked, report, origin),
    lucky: lucky(asked, report),
  }));
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
  return impossible.flatMap(([name, { passes }], k) => {
    const got = report.outputs[all.length - impossible.length + k];
    const isPassed = got !== undefined && 'output' in got && passes(got.output);
    return isPassed ? [`passes what is impossible: ${name}`] : [];
  });
}

export interface Beside {
  readonly one: CorpusCase;
  /** Mean gain over the origin, in its standard errors; 0: no difference, NaN: an output has no score. */
  readonly errors: number;
}

/** How cases score beside the origin, on `count` inputs that are not public. An output without a score is unknown. */
export async function beside(
  {
    task,
    modules,
    cases,
  }: { task: CorpusTask; modules: TaskModules; cases: readonly CorpusCase[] },
  count: number,
  timeoutMs: number,
): Promise<readonly Beside[]> {
  const inputs = Array.from({ length: count }, (_, i) => modules.instances(FRESH + i));
  const files = [originOf(task), ...cases.map((one) => fileOf(task, one))];
  const jobs = files.map((file) => ({ file, inputs, situation: { seedRandom: 1 } }));
  const reports = (await run(task, jobs, timeoutMs)) ?? [];
  const scoreOf = (report: Report, i: number) => {
    try {
      return modules.score({ input: inputs[i] as Input, output: outputOf(report, i) });
    } catch {
      return Number.NaN;
    }
  };
  const [before = [], ...scores] = reports.map((report) =>
    inputs.map((_, i) => scoreOf(report, i)),
  );
  const sign = task.goal === 'max' ? 1 : -1;
  return cases.map((one, k) => {
    const gains = (scores[k] ?? []).map((score, i) => sign * (score - (before[i] ?? 0)));
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / count;
    const square = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (count - 1);
    return { one, errors: mean === 0 ? 0 : mean / Math.sqrt(square / count) };
  });
}
