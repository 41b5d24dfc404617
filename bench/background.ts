/**
 * A real npm library with its own benchmark's data, in a study whose candidates are the library itself with another comment,
 * while a background load is on during the candidates' runs only, during the origin's only, or not at all. Fetched
 * from the registry: fast-json-stable-stringify 2.1.0, MIT.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPlan } from '../src/app/build-plan.ts';
import { parseConfig } from '../src/app/config.ts';
import { systemClock } from '../src/app/system-clock.ts';
import type { Evaluator } from '../src/evaluators/contract.ts';
import { runLoop } from '../src/loop/loop.ts';
import { openStudy } from '../src/loop/recovery.ts';
import { slotsQueue } from '../src/queues/slots.ts';
import { sqliteStore } from '../src/stores/sqlite.ts';
import type { Bench, Figure } from './figure.ts';

const LIBRARY = 'fast-json-stable-stringify@2.1.0';
const TRIALS = 8;
const SPINNERS = 2;

type Loaded = 'candidate' | 'origin' | 'nobody';

export const background: Bench = {
  name: 'background',
  what: `${LIBRARY} as origin and as every candidate, under a load that is on for one side only`,
  seconds: 600,
  async run(say) {
    const figures: Figure[] = [];
    for (const loaded of ['nobody', 'candidate', 'origin'] as const) {
      const { promoted, trials } = await study(loaded);
      say(loaded);
      figures.push({
        name: `promotions with the load on during ${loaded === 'nobody' ? 'no runs' : `the ${loaded}’s runs`}`,
        value: promoted,
        unit: '',
        // Whoever slows the origin alone makes any candidate faster: no statistics of times can tell.
        ...(loaded === 'origin' ? {} : { target: { most: 0 } }),
        note: `${trials} trials, none of them better`,
      });
    }
    return figures;
  },
};

const MEASURE = `import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const stringify = require('./index.js');
const data = JSON.parse(readFileSync('./benchmark/test.json', 'utf8'));
for (let i = 0; i < 2000; i++) stringify(data);
const began = performance.now();
for (let i = 0; i < 6000; i++) stringify(data);
console.log('METRIC stringify_ms=' + (performance.now() - began));
`;

/** The library as published, what measures it, and candidates that say the same in other words. */
function folderOf(): string {
  const root = mkdtempSync(join(tmpdir(), 'paceline-bench-library-'));
  chmodSync(root, 0o755); // The user of the jail reads it.
  const fetched = join(root, 'fetched');
  mkdirSync(fetched);
  writeFileSync(join(fetched, 'package.json'), '{}');
  const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', LIBRARY];
  execFileSync('npm', install, { cwd: fetched, stdio: 'ignore' });
  cpSync(join(fetched, 'node_modules/fast-json-stable-stringify'), root, { recursive: true });
  rmSync(fetched, { recursive: true });
  writeFileSync(join(root, 'measure.mjs'), MEASURE);
  const source = readFileSync(join(root, 'index.js'), 'utf8');
  for (let i = 0; i < TRIALS; i++) {
    const folder = join(root, `ideas/${String(i).padStart(2, '0')}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.js'), `${source}\nvar idea${i} = ${i};\n`);
  }
  return root;
}

const CONFIG = {
  name: 'library',
  kind: 'code',
  surface: { edit: ['index.js'], include: ['measure.mjs', 'benchmark/test.json'] },
  evaluator: {
    command: ['node', 'measure.mjs'],
    cwd: 'candidate',
    answers: 'printed',
    class: 'fused',
    timeout: '20s',
    metrics: [{ name: 'stringify_ms', goal: 'min', unit: 'ms', kind: 'time' }],
  },
  proposers: [{ use: 'scripted', folder: 'ideas' }],
  budget: { trials: TRIALS },
};

async function study(loaded: Loaded): Promise<{ promoted: number; trials: number }> {
  const root = folderOf();
  const spinners = Array.from({ length: SPINNERS }, spinner);
  const config = parseConfig(CONFIG, 'the bench');
  const request = { id: 'library', root, config, secret: 'bench', clock: systemClock };
  const { plan, close } = await buildPlan(request);
  const judge = underLoad(plan.judge, (id) => {
    const side = id === plan.origin.id ? 'origin' : 'candidate';
    for (const one of spinners) one.kill(side === loaded ? 'SIGCONT' : 'SIGSTOP');
  });
  const ledger = await sqliteStore({ directory: join(root, '.paceline'), clock: systemClock }).open(
    'library',
    'write',
  );
  try {
    const search = slotsQueue({ evaluator: judge, slots: 1 });
    const opened = await openStudy({ plan: { ...plan, judge, search }, ledger, reporters: [] });
    await runLoop(opened);
    let promoted = 0;
    for await (const page of ledger.read(0, { types: ['candidate.promoted'] })) {
      promoted += page.length;
    }
    return { promoted, trials: opened.state.committed };
  } finally {
    for (const one of spinners) one.kill('SIGKILL');
    await ledger.close();
    await close();
    rmSync(root, { recursive: true, force: true });
  }
}

/** Stopped until it is told to go on; on the machine's cores, outside every jail. */
function spinner(): ChildProcess {
  const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  child.kill('SIGSTOP');
  return child;
}

function underLoad(evaluator: Evaluator, before: (candidate: string) => void): Evaluator {
  return {
    ...evaluator,
    async measure(requests, signal) {
      const measured = [];
      for (const request of requests) {
        before(request.candidate.id);
        measured.push(...(await evaluator.measure([request], signal)));
      }
      return measured;
    },
  };
}
