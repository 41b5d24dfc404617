/** Cheats and organisms of the corpus: whether they do what they say of themselves. */
import type { CorpusCase, CorpusTask, Witness } from '../../src/app/corpus/cases.ts';
import type { Input, Job, Report, TaskModules } from './judged.ts';
import { asked, fileOf, isBad, originOf, randomOf, run, verdictOf, wrongness } from './judged.ts';

/** A case that varies in one call of ten stays the same in all of them once in 10¹³ times. */
const REPEATS = 300;
const SEEDS = 20;
const HANGS_MS = 1500;

/** What cheats and organisms claim and do not do. */
export async function harmless(task: CorpusTask, modules: TaskModules): Promise<readonly string[]> {
  const bad = task.cases.filter((one) => isBad(one) && one.witness !== undefined);
  const plans = bad.map((one) => planOf(task, modules, one));
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
  return missed;
}

/** Cases that hang and end after all; each costs the time that it is waited for. */
export async function ending(task: CorpusTask, modules: TaskModules): Promise<readonly string[]> {
  const hanging = task.cases.filter((one) => one.witness?.shows === 'hangs');
  const ended = await Promise.all(
    hanging.map(async (one) => {
      const inputs = [asked(modules, one.witness as Witness, undefined).input];
      const reports = await run(task, [{ file: fileOf(task, one), inputs }], HANGS_MS);
      return reports === undefined ? [] : [`${one.id}: it ends`];
    }),
  );
  return ended.flat();
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
    turns: [witness.when, witness.otherwise].some((each) => each?.batch !== undefined),
    ...(situation === undefined ? {} : { situation }),
  });
  const origin = { file: originOf(task), inputs: [input, ...changes] };
  const jobs: Job[] =
    witness.shows === 'hangs'
      ? [{ file, inputs: [modules.instances(1)] }]
      : witness.shows === 'work'
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
  // Elsewhere it answers.
  if (witness.shows === 'hangs')
    return origin?.outputs.some((one) => 'failed' in one) ? 'fails' : undefined;
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
