/** Tasks of a split evaluator for tests: inputs `{ x, k: 2 }`, a candidate `f.ts` with `f(x, k)`, the loss its distance from x · k. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sha256 } from '../core/hash.ts';
import type { CaseResult, Evaluator } from '../evaluators/contract.ts';
import { splitEvaluator } from '../evaluators/split.ts';
import type { Sandbox } from '../sandboxes/contract.ts';
import { processSandbox } from './plain-sandbox.ts';

export const JUDGE = `
export const ask = ({ seed, params }) => ({ x: seed, k: params.k });
export const score = ({ input, output }) => {
  if (typeof output !== 'number') throw new Error('no number');
  return { loss: Math.abs(output - input.x * input.k), read: output };
};`;
const SOLVER = `
import { scale } from './scale.ts';
export async function solve({ candidate, input }: { candidate: string; input: { x: number; k: number } }) {
  const { f } = await import(candidate + '/f.ts');
  return scale(f(input.x, input.k));
}`;

export interface SplitTask {
  readonly judge?: string;
  readonly batch?: number;
  readonly generator?: string;
  readonly wallMs?: number;
  readonly steps?: number;
  readonly sandbox?: Sandbox;
}

export interface SplitBench {
  readonly sandbox: Sandbox;
  evaluatorOf(more?: SplitTask): Evaluator;
  /** Of the task made last. */
  lastFolder(): string;
  close(): Promise<void>;
}

export function splitBench(): SplitBench {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-split-'));
  const sandbox = processSandbox({ scope: folder });
  const open: Evaluator[] = [];
  const lastFolder = (): string => join(folder, `task-${open.length - 1}`);
  return {
    sandbox,
    lastFolder,
    evaluatorOf(more = {}) {
      const cwd = join(folder, `task-${open.length}`);
      placeTask(cwd, more);
      const evaluator = madeIn(cwd, { sandbox, ...more });
      open.push(evaluator);
      return evaluator;
    },
    async close() {
      for (const evaluator of open) await evaluator.close();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function placeTask(cwd: string, more: SplitTask): void {
  const files = {
    'judge/judge.mjs': more.judge ?? JUDGE,
    'solver/solve.ts': SOLVER,
    'solver/scale.ts': 'export const scale = (x: unknown): unknown => x;',
    ...(more.generator ? { 'make.mjs': more.generator } : {}),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
}

function madeIn(cwd: string, more: SplitTask & { readonly sandbox: Sandbox }): Evaluator {
  return splitEvaluator({
    judge: join(cwd, 'judge/judge.mjs'),
    solver: join(cwd, 'solver/solve.ts'),
    cwd,
    kind: { materialise: (text) => ({ 'f.ts': text }) },
    metric: 'loss',
    params: { k: 2 },
    limits: { wallMs: more.wallMs ?? 10_000, outputBytes: 1024 * 1024 },
    sandbox: more.sandbox,
    workDirectory: join(cwd, 'work'),
    ...(more.steps ? { steps: more.steps } : {}),
    ...(more.batch ? { batch: more.batch } : {}),
    ...(more.generator ? { generator: [process.execPath, 'make.mjs'] } : {}),
  });
}

export async function measure(
  evaluator: Evaluator,
  text: string,
  cases: readonly number[] = [3, 4, 5],
): Promise<readonly CaseResult[]> {
  const request = { candidate: { id: sha256(text), text }, cases };
  const [measured] = await evaluator.measure([request], new AbortController().signal);
  return measured?.cases ?? [];
}

export const said = (results: readonly CaseResult[]): readonly (number | string)[] =>
  results.map((one) => (one.outcome === 'scored' ? one.value : `${one.outcome}: ${one.message}`));
