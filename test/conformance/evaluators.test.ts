import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Candidate } from '../../src/core/candidate.ts';
import { sha256 } from '../../src/core/hash.ts';
import { publicRoot } from '../../src/core/rng.ts';
import { commandEvaluator } from '../../src/evaluators/command.ts';
import type { Evaluator } from '../../src/evaluators/contract.ts';
import { functionEvaluator } from '../../src/evaluators/function.ts';
import { innerStudyEvaluator } from '../../src/evaluators/inner-study.ts';
import { interpretedEvaluator } from '../../src/evaluators/interpreted.ts';
import { nullEvaluator } from '../../src/evaluators/null.ts';
import { pythonEvaluate } from '../../src/evaluators/python-evaluate.ts';
import { encodeSimulated, simulatedEvaluator } from '../../src/evaluators/simulated.ts';
import { splitEvaluator } from '../../src/evaluators/split.ts';
import { timedEvaluator } from '../../src/evaluators/timed.ts';
import { LINES } from '../../src/improver/gp/lines.ts';
import { encodeForest } from '../../src/lang/codec.ts';
import { apply, constant, variable } from '../../src/lang/forest.ts';
import type { TaskKind } from '../../src/tasks/contract.ts';
import type { EvaluatorSubject, Fault } from '../../src/testing/evaluator-conformance.ts';
import { evaluatorConformance, FAULTS } from '../../src/testing/evaluator-conformance.ts';
import { processSandbox } from '../../src/testing/plain-sandbox.ts';
import { plannedStudies } from '../../src/testing/planned-studies.ts';
import type { Suite } from '../../src/testing/suite.ts';
import { isThorough } from '../thorough.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const folder = mkdtempSync(join(tmpdir(), 'paceline-evaluators-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const sandbox = processSandbox({ scope: folder });
afterAll(() => sandbox.close());

const suite: Suite = {
  test: (name, body) => test(name, body),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

const candidateOf = (text: string): Candidate => ({ id: sha256(text), text });

function faults(
  create: (fault: Fault) => EvaluatorSubject['create'] | string,
): EvaluatorSubject['faults'] {
  const entries = (Object.keys(FAULTS) as Fault[]).map((fault) => [fault, create(fault)]);
  return Object.fromEntries(entries);
}

/** Text as it is, under a name that a shell would run. */
const HOSTILE = '$(touch was-run); `touch was-run` & touch was-run #';
const textKind: Pick<TaskKind, 'materialise'> = {
  materialise(text) {
    if (text === 'broken') throw new Error('This text is broken.');
    return { 'candidate.txt': text, '$(touch was-run)': text };
  },
};

const options = (params: Readonly<Record<string, string>> = {}, wallMs = 10_000) => ({
  cwd: folder,
  kind: textKind,
  metric: 'excess',
  params,
  limits: { wallMs, outputBytes: 1024 * 1024 },
  sandbox,
  workDirectory: join(folder, 'work'),
});
const command: Make = (...given) =>
  commandEvaluator({
    ...options(...given),
    argv: [process.execPath, join(FIXTURES, 'faulty-evaluator.mjs'), HOSTILE],
  });
const fromModule: Make = (...given) =>
  functionEvaluator({ ...options(...given), module: join(FIXTURES, 'faulty-function.mjs') });

const split: Make = (...given) =>
  splitEvaluator({
    ...options(...given),
    judge: join(FIXTURES, 'faulty-judge.mjs'),
    solver: join(FIXTURES, 'faulty-solver/solve.mjs'),
  });

/** Such an evaluator gets no parameters: what to get wrong lies in its working folder. */
const python: Make = (params = {}, timeoutMs = 10_000) => {
  const cwd = mkdtempSync(join(folder, 'python-'));
  writeFileSync(join(cwd, 'python-fault.json'), JSON.stringify(params));
  return pythonEvaluate({
    ...options({}, timeoutMs),
    cwd,
    module: join(FIXTURES, 'faulty_evaluate.py'),
    program: 'candidate.txt',
    function: 'evaluate',
    python: 'python3',
  });
};
const HAS_PYTHON = spawnSync('python3', ['--version']).status === 0;

const VOCABULARY = {
  slots: [{ name: 'priority', inputs: ['item', 'space'], result: 'real' }],
} as const;
const forests = [
  apply('-', [variable('item'), variable('space')]),
  apply('*', [variable('item'), constant(2)]),
].map((priority) => candidateOf(encodeForest({ slots: { priority } })));

const interpreted = (params: Readonly<Record<string, string | number>> = {}) =>
  interpretedEvaluator({
    nowMs: () => 0,
    module: join(FIXTURES, 'interpreter.mjs'),
    vocabulary: VOCABULARY,
    params,
    metric: 'excess',
  });

let hangs = 0;
const IN_THREAD = 'runs on the calling thread, no process and no channel';

type Make = (params?: Readonly<Record<string, string>>, timeoutMs?: number) => Evaluator;

/** What every evaluator that runs a process of the task is held to. */
function processSubject(
  make: Make,
  reasons: Partial<Readonly<Record<Fault, string>>> = {},
): EvaluatorSubject {
  return {
    create: () => make(),
    candidates: [candidateOf('one'), candidateOf('two')],
    broken: candidateOf('broken'),
    faults: faults((fault) => reasons[fault] ?? (() => make({ fault }))),
    hanging(timeoutMs) {
      const pidFile = join(folder, `pids-${hangs++}.json`);
      return {
        evaluator: make({ fault: 'hang', pidFile }, timeoutMs),
        pids: () =>
          expect
            .poll(() => JSON.parse(readFileSync(pidFile, 'utf8')), { timeout: 10_000 })
            .toHaveLength(2)
            .then(() => JSON.parse(readFileSync(pidFile, 'utf8'))),
      };
    },
    hostile: {
      candidate: candidateOf(HOSTILE),
      wasRun: () =>
        (readdirSync(folder, { recursive: true }) as string[]).some((name) =>
          name.endsWith('was-run'),
        ),
    },
  };
}

const HIDDEN_NONCE = 'the runner keeps the nonce: the task cannot place a second answer';

const ONE_FRAME = 'an answer that comes again meets no question: see wrong-nonce';

const SUBJECTS: Readonly<Record<string, EvaluatorSubject>> = {
  'command.ts': processSubject(command),
  'function.ts': processSubject(fromModule, {
    duplicate: HIDDEN_NONCE,
    contradictory: HIDDEN_NONCE,
  }),
  'inner-study.ts': {
    create: () =>
      innerStudyEvaluator({
        runner: plannedStudies({ regretOf: (population) => population / 10 }),
        budgets: [{ steps: 10, cpuMs: 1000 }],
      }),
    candidates: Object.values(LINES).map((line) => candidateOf(encodeForest(line))),
    broken: candidateOf('{"population":["c",1]}'),
    faults: faults(() => 'an inner study gives a typed outcome, inner-studies.test.ts plants them'),
    hanging: 'study-thread.test.ts ends one',
    hostile: IN_THREAD,
  },
  'interpreted.ts': {
    create: () => interpreted(),
    candidates: forests,
    broken: candidateOf('{"priority":["import","node:fs"]}'),
    faults: faults((fault) =>
      ['nan', 'infinity', 'missing-metric', 'crash'].includes(fault)
        ? () => interpreted({ fault, failOn: 4_294_967_295 })
        : IN_THREAD,
    ),
    hanging: IN_THREAD,
    hostile: IN_THREAD,
  },
  'null.ts': {
    create: () => nullEvaluator(),
    candidates: forests,
    broken: 'candidates are hashed, any text will do',
    faults: faults(() => 'nothing of the candidate or the task is run'),
    hanging: IN_THREAD,
    hostile: IN_THREAD,
  },
  'python-evaluate.ts': processSubject(python, {
    duplicate: HIDDEN_NONCE,
    contradictory: HIDDEN_NONCE,
    'missing-case': 'evaluate is called once for each case',
    'extra-case': 'evaluate is called once for each case',
  }),
  'simulated.ts': {
    create: () =>
      simulatedEvaluator({ noise: 'timing', rng: publicRoot('conformance').stream(0, 'noise') }),
    candidates: [0, 2].map((effect, id) => candidateOf(encodeSimulated({ id, effect, sd: 1 }))),
    broken: candidateOf('{"id":1,"effect":"great","sd":1}'),
    faults: faults(() => 'nothing of the candidate or the task is run'),
    hanging: IN_THREAD,
    hostile: IN_THREAD,
  },
  'split.ts': processSubject(split, {
    duplicate: ONE_FRAME,
    contradictory: ONE_FRAME,
    'missing-case': 'each input is answered before the next is asked',
    'extra-case': 'each input is answered before the next is asked',
  }),
  'timed.ts': processSubject((...given) =>
    timedEvaluator({ evaluator: command(...given), warmup: 1 }),
  ),
};

const MISSING: Readonly<Record<string, string>> = {
  ...(HAS_PYTHON ? {} : { 'python-evaluate.ts': 'no python3 on PATH' }),
  // A clock around command.ts, which is held here; thorough.long.test.ts holds both.
  ...(isThorough ? {} : { 'timed.ts': 'npm run test:long' }),
};

for (const [file, subject] of Object.entries(SUBJECTS)) {
  const reason = MISSING[file];
  if (reason !== undefined) suite.skip(file, reason);
  else describe(file, () => evaluatorConformance(suite, subject));
}

const SHARED = ['contract.ts', 'outcome.ts', 'stopwatch.ts'];

test('every evaluator has a row above', () => {
  const drivers = readdirSync(join(import.meta.dirname, '../../src/evaluators'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) => !SHARED.includes(name));
  expect(drivers.sort()).toEqual(Object.keys(SUBJECTS).sort());
});
