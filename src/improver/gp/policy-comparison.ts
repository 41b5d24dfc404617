/** What paired runs of improvers of the GP engine say: regrets by line and task, differences, wins, a claim from twelve seeds on. */
import { publicRoot } from '../../core/rng.ts';
import { bootstrapMean } from '../../stats/bootstrap.ts';
import { mean } from '../../stats/summary.ts';

/** One run of one line: regret 0 is the best known, 1 what the search began with; at least −0.5. */
export interface PolicyReading {
  readonly line: string;
  readonly task: string;
  readonly seed: number;
  readonly regret: number;
  readonly evals: number;
  readonly cpuMs: number;
}

export interface PolicyLine {
  readonly line: string;
  /** Mean over tasks and seeds. */
  readonly regret: number;
  /** 95 % percentile bootstrap over seeds. */
  readonly interval: readonly [number, number];
  /** On all tasks of a seed. */
  readonly evals: number;
  readonly cpuMs: number;
}

const ofLine = (all: readonly PolicyReading[], line: string): readonly PolicyReading[] =>
  all.filter((one) => one.line === line);

const meansBy = (
  all: readonly PolicyReading[],
  key: 'seed' | 'task',
): ReadonlyMap<string, number> => {
  const groups = new Map<string, number[]>();
  for (const one of all) {
    const name = String(one[key]);
    groups.set(name, [...(groups.get(name) ?? []), one.regret]);
  }
  return new Map([...groups].map(([name, regrets]) => [name, mean(regrets)]));
};

export function policyLine(all: readonly PolicyReading[], line: string): PolicyLine {
  const own = ofLine(all, line);
  const seeds = [...meansBy(own, 'seed').values()];
  const rng = publicRoot('comparison of policies').stream(-1, line);
  const total = (key: 'evals' | 'cpuMs'): number =>
    own.reduce((sum, one) => sum + one[key], 0) / Math.max(1, seeds.length);
  return {
    line,
    regret: mean(seeds),
    interval: bootstrapMean(seeds, { rng }),
    evals: total('evals'),
    cpuMs: total('cpuMs'),
  };
}

/** Mean regret of each task, by line; a line that did not run it has no entry. */
export function taskTable(
  all: readonly PolicyReading[],
  lines: readonly string[],
): readonly { readonly task: string; readonly regrets: Readonly<Record<string, number>> }[] {
  const byLine = lines.map((line) => [line, meansBy(ofLine(all, line), 'task')] as const);
  const tasks = [...new Set(all.map(({ task }) => task))];
  return tasks.map((task) => ({
    task,
    regrets: Object.fromEntries(
      byLine.flatMap(([line, means]) => {
        const regret = means.get(task);
        return regret === undefined ? [] : [[line, regret]];
      }),
    ),
  }));
}

export interface PolicyPairs {
  /** Regret that `one` saves against `other`, seed by seed: positive is better. */
  readonly saved: readonly number[];
  /** Tasks on which `one` has the lower mean, and of how many that both ran. */
  readonly tasksWon: number;
  readonly tasks: number;
}

export function policyPairs(
  all: readonly PolicyReading[],
  one: string,
  other: string,
): PolicyPairs {
  const [a, b] = [ofLine(all, one), ofLine(all, other)];
  const [seedsA, seedsB] = [meansBy(a, 'seed'), meansBy(b, 'seed')];
  const [tasksA, tasksB] = [meansBy(a, 'task'), meansBy(b, 'task')];
  const gains = [...tasksA].flatMap(([task, regret]) => {
    const theirs = tasksB.get(task);
    return theirs === undefined ? [] : [theirs - regret];
  });
  return {
    saved: [...seedsA].flatMap(([seed, regret]) => {
      const theirs = seedsB.get(seed);
      return theirs === undefined ? [] : [theirs - regret];
    }),
    tasksWon: gains.filter((gain) => gain > 0).length,
    tasks: gains.length,
  };
}
