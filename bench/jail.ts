/** What a jail costs: the start of a program in each level this machine has, beside a plain process. */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { candidates, cannotStart } from '../src/app/jail/levels.ts';
import type { Run, Sandbox } from '../src/sandboxes/contract.ts';
import { selfTest } from '../src/sandboxes/self-test/self-test.ts';
import { processSandbox } from '../src/testing/plain-sandbox.ts';
import { type Bench, type Figure, median } from './figure.ts';

const STARTS = 30;
const SCOPE = join(tmpdir(), `paceline-bench-jail-${process.pid}`);

const NOTHING: Run = {
  argv: [process.execPath, '-e', '0'],
  cwd: '/',
  environment: {},
  reads: [],
  writes: [],
  hides: [],
  answersOn: 1,
  limits: { wallMs: 10_000, outputBytes: 1000 },
};

async function levelsHere(): Promise<readonly (readonly [string, Sandbox])[]> {
  const found: [string, Sandbox][] = [];
  for (const { level, missing, open } of candidates()) {
    if (missing !== undefined) continue;
    const sandbox = open(join(SCOPE, level));
    if ((await cannotStart(sandbox)) === undefined) found.push([level, sandbox]);
    else await sandbox.close();
  }
  return found;
}

/** Milliseconds of each start, one of every sandbox by turns. */
async function startsOf(sandboxes: readonly Sandbox[]): Promise<readonly (readonly number[])[]> {
  const taken = sandboxes.map((): number[] => []);
  for (let i = 0; i < STARTS; i++) {
    for (const [j, sandbox] of sandboxes.entries()) {
      const began = performance.now();
      await sandbox.run(NOTHING, new AbortController().signal);
      taken[j]?.push(performance.now() - began);
    }
  }
  return taken;
}

/** At most twice a plain start, or 60 ms more. */
function startFigure(level: string, ms: number, plainMs: number): Figure {
  return {
    name: `start of node -e 0 at ${level}`,
    value: ms,
    unit: 'ms',
    target: { most: Math.round(Math.max(2 * plainMs, plainMs + 60)) },
    note: `median of ${STARTS}, by turns with a plain process: ${plainMs.toFixed(0)} ms`,
  };
}

async function probesHeld([level, sandbox]: readonly [string, Sandbox]): Promise<Figure> {
  const results = await selfTest(sandbox);
  const held = results.filter(({ outcome }) => outcome === 'contained').length;
  // J1 does not claim to hold all of them.
  const target = level === 'J1' ? {} : { target: { least: results.length } };
  return {
    name: `probes contained at ${level}`,
    value: held,
    unit: '',
    ...target,
    note: `of ${results.length}`,
  };
}

export const jail: Bench = {
  name: 'jail',
  what: 'starts in each jail beside a plain process, and the probes it contains',
  seconds: 15,
  async run() {
    const plain = processSandbox({ scope: join(SCOPE, 'plain') });
    const levels = await levelsHere();
    try {
      const [plainTaken = [], ...others] = await startsOf([plain, ...levels.map(([, one]) => one)]);
      const plainMs = median(plainTaken);
      const figures = levels.map(([level], i) =>
        startFigure(level, median(others[i] ?? []), plainMs),
      );
      for (const level of levels) figures.push(await probesHeld(level));
      return figures;
    } finally {
      await Promise.all([plain, ...levels.map(([, one]) => one)].map((one) => one.close()));
      rmSync(SCOPE, { recursive: true, force: true });
    }
  },
};
