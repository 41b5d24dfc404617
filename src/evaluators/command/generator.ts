/** The task's instance generator: PACELINE_SEEDS="1,2,3" in, one JSON value per line out, in order. */
import { PacelineError } from '../../core/errors.ts';
import type { Sandbox } from '../../sandboxes/contract.ts';
import { plain } from '../outcome.ts';
import { evidenceOf } from './evidence.ts';

export interface GeneratorOptions {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly sandbox: Sandbox;
  /** What it needs to read besides its program. Default: `cwd`. */
  readonly reads?: readonly string[];
  /** What it must not see of it. */
  readonly hides?: readonly string[];
}

export interface Generator {
  /**
   * The JSON text of one instance per seed, in order.
   *
   * @throws PacelineError GENERATOR_FAILED; the abort reason when `signal` aborted.
   */
  instances(seeds: readonly number[], signal: AbortSignal): Promise<readonly string[]>;
}

/** Instances kept: a pair asks for the same seeds twice, a floor for some of them again. */
const KEPT_INSTANCES = 256;

/** A run that prints more is taken for broken. */
const MAX_BYTES = 64 * 1024 * 1024;

export function createGenerator(options: GeneratorOptions): Generator {
  const kept = new Map<number, string>();
  return {
    async instances(seeds, signal) {
      const missing = [...new Set(seeds.filter((seed) => !kept.has(seed)))];
      const made = missing.length === 0 ? [] : await generate(options, missing, signal);
      const fresh = new Map(missing.map((seed, i) => [seed, made[i] ?? '']));
      const found = seeds.map((seed) => fresh.get(seed) ?? kept.get(seed) ?? '');
      seeds.forEach((seed, i) => keep(kept, seed, found[i] ?? ''));
      return found;
    },
  };
}

/** Insertion order is age: what was used last goes last. */
function keep(kept: Map<number, string>, seed: number, text: string): void {
  kept.delete(seed);
  kept.set(seed, text);
  if (kept.size <= KEPT_INSTANCES) return;
  const [oldest] = kept.keys();
  if (oldest !== undefined) kept.delete(oldest);
}

/**
 * Verifies that instances depend on the seed and on nothing else: a seed gives the same text alone
 * and in a list, two seeds differ.
 *
 * @throws PacelineError GENERATOR_FAILED or GENERATOR_IGNORES_SEED.
 */
export async function checkGenerator(
  options: GeneratorOptions,
  seeds: readonly [number, number],
  signal: AbortSignal,
): Promise<void> {
  const [first, other] = await generate(options, seeds, signal);
  const [again] = await generate(options, [seeds[0]], signal);
  const command = options.argv.join(' ');
  if (first === other) {
    throw new PacelineError(
      'GENERATOR_IGNORES_SEED',
      `The generator "${command}" printed the same instance for seeds ${seeds[0]} and ${seeds[1]}, so no instance would be fresh. Make it depend on PACELINE_SEEDS.`,
      { command },
    );
  }
  if (first !== again) {
    throw new PacelineError(
      'GENERATOR_IGNORES_SEED',
      `The generator "${command}" printed two different instances for seed ${seeds[0]}, so a pair would not share its case. Draw everything from the seed: no clock, no unseeded randomness, nothing carried from one seed to the next.`,
      { command },
    );
  }
}

async function generate(
  options: GeneratorOptions,
  seeds: readonly number[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { argv, cwd, timeoutMs: wallMs, sandbox, reads = [cwd], hides = [] } = options;
  const sees = { reads, writes: [], hides };
  const environment = { PACELINE_SEEDS: seeds.join() };
  const limits = { wallMs, outputBytes: MAX_BYTES };
  const end = await sandbox.run({ argv, cwd, environment, ...sees, limits, answersOn: 1 }, signal);
  signal.throwIfAborted();
  if (end.ended !== 'exit' || end.exitCode !== 0) {
    throw failed(options, `${end.says}${evidenceOf(end)}`);
  }
  const lines = end.answer.split('\n').filter((line) => line.trim() !== '');
  if (lines.length !== seeds.length) {
    throw failed(options, `It printed ${lines.length} lines for ${seeds.length} seeds.`);
  }
  const bad = lines.findIndex((line) => !isJson(line));
  if (bad >= 0) throw failed(options, `Line ${bad + 1} is not JSON: ${plain(lines[bad] ?? '')}.`);
  return lines;
}

function failed(options: GeneratorOptions, reason: string): PacelineError {
  const command = options.argv.join(' ');
  return new PacelineError(
    'GENERATOR_FAILED',
    `The generator "${command}" failed. ${reason} Run it by hand with PACELINE_SEEDS="1,2" until it prints one JSON value per seed and line.`,
    { command, reason },
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
