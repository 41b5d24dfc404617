/**
 * The self-improved GP engine on families it never met, at equal CPU: every line has the same CPU milliseconds on
 * every task, by the clock, mechanisms and all. Regret: 1 is the human start, 0 the best of the frozen long runs.
 */
import { processCpuMs } from '../src/app/improver-gp/inner-studies.ts';
import { loadPolicies, type PolicyEntry } from '../src/app/improver-gp/policies.ts';
import { publicRoot } from '../src/core/rng.ts';
import { bootstrapInterval } from '../src/improver/gp/confirm.ts';
import { LINES } from '../src/improver/gp/lines.ts';
import { clockMeter } from '../src/improver/gp/meter.ts';
import { regretOf } from '../src/improver/gp/regret.ts';
import { answer, search } from '../src/improver/gp/search.ts';
import { GP_VOCABULARY } from '../src/improver/gp/slots.ts';
import { stepMs } from '../src/improver/gp/subject.ts';
import { decodeForest } from '../src/lang/codec.ts';
import { constant, type Forest } from '../src/lang/forest.ts';
import { mean } from '../src/stats/summary.ts';
import type { Bench, Figure } from './figure.ts';
import { FOLDER, readLineages } from './improver-gp/lineages.ts';

const SEEDS = 12;
/** Children of the start's size that the CPU time of a task would pay for at frozen prices. */
const STEPS = 160;
/** Below it making a child costs as much as evaluating it: such tasks are told apart. */
const DEAR_MS = 1;

interface Line {
  readonly name: string;
  /** Several lineages are one line: the mean over them is what is compared. */
  readonly improvers: readonly Forest[];
}

/** By line, task and seed: the mean regret of the line's improvers, and CPU ms of all its runs. */
interface Measured {
  readonly regrets: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;
  readonly cpuMs: ReadonlyMap<string, number>;
  readonly evals: ReadonlyMap<string, number>;
}

const finals = (kind: 'self-applied' | 'control'): readonly Forest[] =>
  readLineages(kind).flatMap(({ steps }) => {
    const last = steps.at(-1)?.improver;
    return last === undefined ? [] : [decodeForest(last, GP_VOCABULARY)];
  });

/** The twin as the expert sets it, under any improver. */
function withTwin(improver: Forest): Forest {
  return { slots: { ...improver.slots, twinShare: constant(0.3), twinKeep: constant(8) } };
}

function linesOf(): readonly Line[] {
  const evolved = finals('self-applied');
  const control = finals('control');
  return [
    ...Object.entries(LINES).map(([name, line]) => ({ name, improvers: [line] })),
    { name: 'evolved', improvers: evolved },
    { name: 'evolved + twin', improvers: evolved.map(withTwin) },
    ...(control.length > 0 ? [{ name: 'evolved, control', improvers: control }] : []),
  ];
}

function runOnce(policy: PolicyEntry, improver: Forest, seed: number) {
  const budgetMs = STEPS * stepMs(policy.subject);
  const beganMs = processCpuMs();
  const meter = clockMeter(budgetMs, processCpuMs);
  const rng = publicRoot(`held-out ${seed}`).stream(0, policy.name);
  const running = search({ improver, subject: policy.subject, meter, rng });
  const found = answer(running, ({ subject, forest }) => policy.costOf(subject, forest));
  return {
    regret: regretOf(found?.best.cost ?? null, policy.scale),
    evals: found?.evals ?? 0,
    cpuMs: processCpuMs() - beganMs,
  };
}

function shuffled<T>(items: readonly T[], key: string): readonly T[] {
  const rng = publicRoot(key).stream(0, 'order');
  return items
    .map((item) => ({ item, at: rng.float() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function measure(
  lines: readonly Line[],
  policies: readonly PolicyEntry[],
  say: (line: string) => void,
): Measured {
  const regrets = new Map(
    lines.map(({ name }) => [
      name,
      new Map(policies.map((policy) => [policy.name, [] as number[]])),
    ]),
  );
  const cpuMs = new Map(lines.map(({ name }) => [name, 0]));
  const evals = new Map(lines.map(({ name }) => [name, 0]));
  for (let seed = 0; seed < SEEDS; seed++) {
    for (const policy of policies) {
      for (const { name, improvers } of shuffled(lines, `${seed} ${policy.name}`)) {
        const runs = improvers.map((improver) => runOnce(policy, improver, seed));
        regrets
          .get(name)
          ?.get(policy.name)
          ?.push(mean(runs.map(({ regret }) => regret)));
        cpuMs.set(name, (cpuMs.get(name) ?? 0) + mean(runs.map((run) => run.cpuMs)));
        evals.set(name, (evals.get(name) ?? 0) + mean(runs.map((run) => run.evals)));
      }
    }
    say(`seed ${seed + 1} of ${SEEDS}`);
  }
  return { regrets, cpuMs, evals };
}

/** Mean over the tasks, for each seed. */
function bySeed(measured: Measured, line: string, tasks: readonly string[]): readonly number[] {
  const of = measured.regrets.get(line);
  return Array.from({ length: SEEDS }, (_, seed) =>
    mean(tasks.map((task) => of?.get(task)?.[seed] ?? Number.NaN)),
  );
}

const interval = (values: readonly number[]): string => {
  const [low, high] = bootstrapInterval(values, publicRoot('interval').stream(0, 'bootstrap'));
  return `[${low.toFixed(3)}, ${high.toFixed(3)}]`;
};

function lineFigures(
  measured: Measured,
  { lines, tasks, unit }: { lines: readonly Line[]; tasks: readonly string[]; unit: string },
): readonly Figure[] {
  return lines.map(({ name, improvers }) => {
    const values = bySeed(measured, name, tasks);
    const cpu = ((measured.cpuMs.get(name) ?? 0) / SEEDS / 1000).toFixed(2);
    const evals = Math.round((measured.evals.get(name) ?? 0) / SEEDS);
    return {
      name: `${name}: mean regret, ${unit}`,
      value: mean(values),
      unit: '',
      note:
        `${interval(values)} over ${SEEDS} seeds; ${cpu} CPU-s and ${evals} evaluations a seed for all held-out tasks` +
        `${improvers.length > 1 ? `; mean of ${improvers.length} lineages` : ''}`,
    };
  });
}

function pairedFigures(measured: Measured, tasks: readonly string[]): readonly Figure[] {
  const pairs = [
    ['evolved', 'textbook'],
    ['evolved', 'expert'],
    ['evolved', 'expert + de-duplication'],
    ['expert + de-duplication + twin', 'expert + de-duplication'],
    ['evolved + twin', 'evolved'],
    ['evolved + twin', 'expert + de-duplication + twin'],
    ['evolved', 'evolved, control'],
  ] as const;
  return pairs.flatMap(([one, other]) => {
    if (!measured.regrets.has(one) || !measured.regrets.has(other)) return [];
    const [a, b] = [bySeed(measured, one, tasks), bySeed(measured, other, tasks)];
    const differences = a.map((value, seed) => value - (b[seed] ?? Number.NaN));
    const [low, high] = bootstrapInterval(differences, publicRoot('paired').stream(0, 'bootstrap'));
    const said = high < 0 ? 'better' : low > 0 ? 'worse' : 'no evidence of a difference: a tie';
    const wins = differences.filter((value) => value < 0).length;
    return [
      {
        name: `${one} − ${other}, paired, tasks of ≥ ${DEAR_MS} ms`,
        value: mean(differences),
        unit: '',
        note: `${interval(differences)}: ${said}; ${wins} of ${SEEDS} seeds, ${taskWins(measured, [one, other], tasks)} tasks`,
      },
    ];
  });
}

function taskWins(
  { regrets }: Measured,
  [one, other]: readonly [string, string],
  tasks: readonly string[],
): string {
  const of = (line: string, task: string): number => mean(regrets.get(line)?.get(task) ?? []);
  const won = tasks.filter((task) => of(one, task) < of(other, task)).length;
  return `${won} of ${tasks.length}`;
}

function taskFigures(
  { regrets }: Measured,
  lines: readonly Line[],
  policies: readonly PolicyEntry[],
) {
  return policies.flatMap(({ name: task, subject }) =>
    lines.map(({ name }): Figure => {
      const values = regrets.get(name)?.get(task) ?? [];
      const ms = stepMs(subject).toPrecision(2);
      return {
        name: `${task} (${ms} ms): ${name}`,
        value: mean(values),
        unit: '',
        note: interval(values),
      };
    }),
  );
}

function generationFigures(): readonly Figure[] {
  return readLineages('self-applied').map(({ number, steps }) => {
    const cpu = steps.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1000;
    const told = steps.map(({ isPromoted, confirmation }) => {
      if (confirmation === undefined) return 'nothing found';
      const [low, high] = confirmation.interval;
      return `${isPromoted ? 'promoted' : 'rejected'} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
    });
    return {
      name: `lineage ${number}: generations promoted`,
      value: steps.filter(({ isPromoted }) => isPromoted).length,
      unit: `of ${steps.length}`,
      note: `gain on fresh training seeds: ${told.join(', ')}; ${cpu.toFixed(0)} CPU-s of inner studies`,
    };
  });
}

export const improverGp: Bench = {
  name: 'improver-gp',
  what: 'the self-improved GP engine on held-out families, all lines at equal CPU',
  seconds: 600,
  async run(say) {
    const policies = (await loadPolicies(FOLDER)).filter(({ split }) => split === 'held-out');
    const lines = linesOf();
    for (const policy of policies) runOnce(policy, LINES.expert, -1); // Once for the compiler.
    const measured = measure(lines, policies, say);
    const isDear = ({ subject }: PolicyEntry): boolean => stepMs(subject) >= DEAR_MS;
    const dear = policies.filter(isDear).map(({ name }) => name);
    const cheap = policies.filter((policy) => !isDear(policy)).map(({ name }) => name);
    return [
      ...lineFigures(measured, { lines, tasks: dear, unit: `${dear.length} tasks of ≥ 1 ms` }),
      ...pairedFigures(measured, dear),
      ...lineFigures(measured, { lines, tasks: cheap, unit: `${cheap.length} cheap tasks` }),
      ...generationFigures(),
      ...taskFigures(measured, lines, policies),
    ];
  },
};
