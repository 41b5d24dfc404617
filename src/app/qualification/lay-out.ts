/** A task of the corpus as a folder that a study could be made of: its gate is built as that of any study. */
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decodeForest, encodeForest } from '../../lang/codec.ts';
import { forestTask } from '../../tasks/forest.ts';
import { parseConfig } from '../config.ts';
import { plainJson } from '../config-id.ts';
import type { Config } from '../config-schema.ts';
import type { CorpusTask } from '../corpus/cases.ts';
import { vocabularyOf } from '../task-kind.ts';

const FOREST_FILE = 'candidate.ts';
const CHECKS = 'checks/checks.mjs';

const JUDGE = (metric: string): string => `/** Asks and scores as the task of the corpus does. */
import { instances, score as value } from './score.mjs';
export const ask = ({ seed }) => instances(seed);
export const score = ({ input, output }) => ({ ${metric}: value({ input, output }) });
`;

/** As a user would write it, with the clock of the process that the candidate shares. */
const TIMED_JUDGE = (file: string, name: string): string => `/** Times what a candidate exports. */
import { instances, score } from './score.mjs';
export async function evaluate({ candidate, cases }) {
  const module = await import(\`\${candidate}/${file}\`);
  return cases.map(({ seed }) => {
    const input = instances(seed);
    const own = structuredClone(input);
    const began = performance.now();
    const output = module.${name}(...own);
    const ms = performance.now() - began;
    score({ input, output });
    return { ms };
  });
}
`;

const SOLVER = (file: string, name: string): string => `/** Calls what a candidate exports. */
export async function solve({ candidate, input }) {
  const module = await import(\`\${candidate}/${file}\`);
  return module.${name}(...input);
}
`;

/** For search alone, which there is none of here. */
const INTERPRETER = (slot: string, inputs: readonly string[], metric: string): string => `
export const rows = { ${slot}: { ${inputs.map((name) => `${name}: [0]`).join(', ')} } };
export const score = () => ({ ${metric}: 0 });
`;

export interface LaidOut {
  readonly config: Config;
  readonly originText: string;
  /** Canonical text of a candidate of the corpus. */
  readonly textOf: (file: string) => string;
}

/** Into an empty folder. */
export function layOut(task: CorpusTask, root: string): LaidOut {
  const { checks, entry, metric } = task;
  const of = task.measures === 'time' ? timedConfigOf(task) : configOf(task);
  const config = parseConfig(of, `the corpus task ${task.name}`);
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const isForest = task.form === 'forest';
  const kind = isForest ? forestKind(config) : undefined;
  const textOf = (file: string): string => kind?.textOf(file) ?? file;
  const originText = textOf(task.origin);
  for (const [path, text] of Object.entries(
    kind?.toFiles(originText) ?? { [entry.file]: originText },
  )) {
    put(path, text);
  }
  put('judge/judge.mjs', JUDGE(metric));
  put('judge/evaluate.mjs', TIMED_JUDGE(entry.file, entry.export));
  put('judge/interpret.mjs', INTERPRETER(entry.export, task.inputs ?? [], metric));
  cpSync(task.score, join(root, 'judge', 'score.mjs'));
  put('solver/solve.mjs', SOLVER(isForest ? 'candidate.mjs' : entry.file, entry.export));
  mkdirSync(join(root, 'checks'), { recursive: true });
  if (existsSync(checks)) cpSync(checks, join(root, CHECKS));
  return { config, originText, textOf };
}

function forestKind(config: Config) {
  if (config.language === undefined) throw new Error('a forest without a language');
  const vocabulary = vocabularyOf(config.language);
  const kind = forestTask({ vocabulary, path: FOREST_FILE });
  return {
    toFiles: kind.toFiles,
    textOf: (file: string) =>
      encodeForest(decodeForest(JSON.stringify(JSON.parse(file)), vocabulary)),
  };
}

/** Only what of a study makes its metric a time; all else is as of any task. */
function timedConfigOf({ name, entry, checks }: CorpusTask) {
  const safety = { calls: { file: entry.file, export: entry.export } };
  return plainJson({
    name: `corpus-${name}`,
    kind: 'code',
    surface: { edit: [entry.file], readonly: ['judge', 'solver', 'checks'] },
    evaluator: {
      use: 'function',
      module: 'judge/evaluate.mjs',
      class: 'fused',
      metrics: [{ name: 'ms', goal: 'min', unit: 'ms', kind: 'time' }],
      warmup: TIMED_WARMUP,
      timeout: '30s',
    },
    safety: existsSync(checks) ? { ...safety, checks: CHECKS } : safety,
    proposers: ['genetic'],
    budget: { trials: 1 },
    seed: 1,
  });
}

const TIMED_WARMUP = 2;

function configOf({
  name,
  form,
  entry,
  inputs = [],
  isDeterministic,
  goal,
  metric,
  checks,
}: CorpusTask) {
  const isForest = form === 'forest';
  return plainJson({
    name: `corpus-${name}`,
    kind: 'code',
    surface: {
      edit: [isForest ? FOREST_FILE : entry.file],
      readonly: ['judge', 'solver', 'checks'],
    },
    ...(isForest ? { language: { slots: [{ name: entry.export, inputs }] } } : {}),
    evaluator: {
      use: 'split',
      judge: 'judge/judge.mjs',
      solver: 'solver/solve.mjs',
      class: 'split',
      ...(isForest ? { interpreter: 'judge/interpret.mjs' } : {}),
      metrics: [{ name: metric, goal, unit: 'points' }],
      deterministic: isDeterministic,
      timeout: '5s',
    },
    ...(existsSync(checks) ? { safety: { checks: CHECKS } } : {}),
    proposers: ['genetic'],
    budget: { trials: 1 },
    seed: 1,
  });
}
