/**
 * What generations of our own interpreter are worth to the next study: the same study run by each of them in turn, in
 * processor time. The generations are those that examples/self-host/found holds as patches, each on the one before.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from '../src/claims/comparison.ts';
import type { Bench, Figure } from './figure.ts';

const ROOT = join(import.meta.dirname, '..');
const EXAMPLE = join(ROOT, 'examples/self-host');
/** Each a study of its own seed, run by every generation. Fixed before the first was measured. */
const SEEDS = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22] as const;
const TARGET = 1.2;

export const selfHost: Bench = {
  name: 'self-host',
  what: 'evaluations per CPU-second of the next study, by generation of our own interpreter',
  seconds: 1500,
  async run(say) {
    const folder = mkdtempSync(join(tmpdir(), 'paceline-generations-'));
    try {
      const generations = build(folder, say);
      return figuresOf(
        generations,
        SEEDS.map((seed) => rates(generations, seed, say)),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Folders of generation 0, 1, …, each with what it built of itself. */
function build(folder: string, say: (line: string) => void): readonly string[] {
  const found: string[] = [];
  for (let generation = 0; ; generation++) {
    const patch = join(EXAMPLE, `found/${generation}.patch`);
    if (generation > 0 && !existsSync(patch)) return found;
    const to = join(folder, String(generation));
    const from = found.at(-1) ?? ROOT;
    for (const part of [
      'src',
      'schema',
      'corpus',
      'package.json',
      'tsconfig.json',
      'tsdown.config.ts',
      'LICENSE',
    ]) {
      cpSync(join(from, part), join(to, part), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(to, 'node_modules'));
    if (generation > 0) execFileSync('git', ['apply', patch], { cwd: to });
    execFileSync('npm', ['run', '--silent', 'build:quiet'], { cwd: to, stdio: 'inherit' });
    say(`generation ${generation} is built`);
    found.push(to);
  }
}

interface Ran {
  readonly rate: number;
  /** The same for all: the same seed searches the same, whoever computes it. */
  readonly evals: number;
}

/** Of one seed, in an order that changes with it. */
function rates(
  generations: readonly string[],
  seed: number,
  say: (line: string) => void,
): readonly number[] {
  const order = generations.map((_, i) => (seed % 2 === 0 ? i : generations.length - 1 - i));
  const ran = new Map(order.map((i) => [i, runNext(generations[i] as string, seed)]));
  const results = generations.map((_, i) => ran.get(i) as Ran);
  if (new Set(results.map(({ evals }) => evals)).size !== 1) {
    throw new Error(`seed ${seed}: the generations did not search the same`);
  }
  say(
    `seed ${seed}: ${results.map(({ rate }) => rate.toFixed(0)).join(', ')} evaluations per CPU-second`,
  );
  return results.map(({ rate }) => rate);
}

function runNext(generation: string, seed: number): Ran {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-next-'));
  try {
    cpSync(join(EXAMPLE, 'next'), folder, { recursive: true });
    // As root, what is jailed runs as a user of its own.
    chmodSync(folder, 0o755);
    const spent = join(folder, 'cpu');
    const hook = `data:text/javascript,import{writeFileSync}from'node:fs';process.on('exit',()=>{const{user,system}=process.cpuUsage();writeFileSync(${JSON.stringify(spent)},String((user+system)/1e6))})`;
    const cli = join(generation, 'dist/cli.js');
    const args = ['--import', hook, cli, 'run', '--seed', String(seed), '--workers', '1', '--json'];
    const text = execFileSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const result = JSON.parse(text.trim().split('\n').at(-1) ?? '') as {
      readonly spent: { readonly evals: number };
    };
    const { evals } = result.spent;
    return { rate: evals / Number(readFileSync(spent, 'utf8')), evals };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each against the origin, and against the one before it. */
function figuresOf(
  generations: readonly string[],
  runs: readonly (readonly number[])[],
): readonly Figure[] {
  const ratio = (of: number, against: number): Figure => {
    const pairs = runs.map((rates) => Math.log((rates[of] as number) / (rates[against] as number)));
    const { effect, interval, n, verdict } = compare(pairs);
    const [low, high] = interval.map((one) => Math.exp(one).toFixed(3));
    const isLast = of === generations.length - 1 && against === 0;
    return {
      name: `evaluations per CPU-second, generation ${of} over ${against}`,
      value: Math.exp(effect),
      unit: 'x',
      ...(isLast ? { target: { least: TARGET } } : {}),
      note: `95 % [${low}, ${high}], ${n} pairs: ${verdict}`,
    };
  };
  return generations.slice(1).flatMap((_, i) => {
    const against = ratio(i + 1, 0);
    return i === 0 ? [against] : [against, ratio(i + 1, i)];
  });
}
