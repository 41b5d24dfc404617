import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { thorough } from '../../test/thorough.ts';
import { sha256 } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import { processSandbox } from '../testing/plain-sandbox.ts';
import type { CaseResult } from './contract.ts';
import { checkPython, pythonEvaluate } from './python-evaluate.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-python-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const sandbox = processSandbox({ scope: folder });
afterAll(() => sandbox.close());
const NEVER = new AbortController().signal;

let tasks = 0;
interface Asked {
  readonly seeds?: readonly number[];
  readonly candidate?: string;
  readonly others?: readonly string[];
  readonly params?: Readonly<Record<string, Json>>;
  readonly mean?: { readonly except: readonly string[] };
}

async function measure(
  body: string,
  { seeds = [3], candidate = '', others = [], params = {}, mean }: Asked = {},
): Promise<readonly CaseResult[]> {
  const cwd = join(folder, `task-${tasks++}`);
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'beside.py'), 'SHIFT = 0.5\n');
  writeFileSync(join(cwd, 'evaluator.py'), body);
  const evaluator = pythonEvaluate({
    module: join(cwd, 'evaluator.py'),
    program: 'program.py',
    function: 'evaluate',
    python: 'python3',
    cwd,
    kind: {
      materialise: (text) => ({ 'program.py': text }),
    },
    metric: 'score',
    others,
    params,
    mean,
    limits: { wallMs: 10_000, outputBytes: 1024 * 1024 },
    sandbox,
    workDirectory: join(cwd, 'work'),
  });
  const request = { candidate: { id: sha256(candidate), text: candidate }, cases: seeds };
  const [measured] = await evaluator.measure([request], NEVER);
  await evaluator.close();
  expect(readdirSync(cwd).sort()).toEqual(['beside.py', 'evaluator.py', 'work']);
  return measured?.cases ?? [];
}

const messageOf = async (result: string): Promise<string> => {
  const [first] = await measure(`import os, sys\ndef evaluate(program_path):\n    ${result}\n`);
  return first?.outcome === 'scored' ? String(first.value) : `${first?.outcome}: ${first?.message}`;
};

const scored = (value: number) => ({ outcome: 'scored', value });
const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!hasPython)('with python3 on PATH', () => {
  test('metrics beside the objective are returned where they are finite', async () => {
    const body =
      'def evaluate(path):\n    return {"score": 1, "latency": 7, "memory": float("nan"), "odd": "3"}\n';
    expect(await measure(body, { others: ['latency', 'memory', 'odd', 'absent'] })).toEqual([
      { outcome: 'scored', value: 1, others: { latency: 7 } },
    ]);
  });

  test('an evaluator as OpenEvolve users write it, with its own imports and result class', async () => {
    const body = `
import importlib.util
from openevolve.evaluation_result import EvaluationResult
from beside import SHIFT

def evaluate(program_path):
    spec = importlib.util.spec_from_file_location("program", program_path)
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    return EvaluationResult(metrics={"score": program.run() + SHIFT}, artifacts={"note": "x"})
`;
    expect(await measure(body, { candidate: 'def run():\n    return 2\n' })).toEqual([scored(2.5)]);
  });

  test('the result class has what the one of the package has', async () => {
    const body = `
from openevolve.evaluation_result import EvaluationResult

def evaluate(program_path):
    result = EvaluationResult.from_dict({"score": 1})
    assert not result.has_artifacts() and result.to_dict() == {"score": 1}
    result.artifacts.update({"text": "é", "bytes": b"abc", "number": 12})
    assert result.has_artifacts() and result.get_artifact_keys() == ["text", "bytes", "number"]
    assert [result.get_artifact_size(key) for key in ("text", "bytes", "number", "none")] == [2, 3, 2, 0]
    assert result.get_total_artifact_size() == 7
    return result
`;
    expect(await measure(body)).toEqual([scored(1)]);
  });

  test('a mean is of the numbers it returns, and of nothing where one is no number', async () => {
    const mean = { except: ['axis'] };
    const returning = async (metrics: string) => {
      const body = `def evaluate(path):\n    return ${metrics}\n`;
      const [first] = await measure(body, { mean });
      return first?.outcome === 'scored' ? first.value : first?.outcome;
    };
    expect(await returning('{"a": 1, "b": 2.0, "axis": 99, "error": 0.0, "timeout": True}')).toBe(
      1.5,
    );
    expect(await returning('{"a": 1, "b": float("nan")}')).toBe('invalid');
    expect(await returning('{"error": 0.0}')).toBe('invalid');
    // What has a score of its own has no other, be it one that cannot be used.
    expect(await returning('{"validity": 1, "combined_score": (0.9, 3.5)}')).toBe('invalid');
  });

  test('params are keyword arguments', async () => {
    const body =
      'def evaluate(path, level=1, *, name="x"):\n    return {"score": level * len(name)}\n';
    expect(await measure(body, { params: { level: 2, name: 'abc' } })).toEqual([scored(6)]);
    expect(await measure(body)).toEqual([scored(1)]);
    const [refused] = await measure(body, { params: { deep: true } });
    expect(refused).toMatchObject({ message: expect.stringMatching(/argument 'deep'/) });
  });

  test('what it draws depends on the seed of the case and on nothing before it', async () => {
    const body = 'import random\ndef evaluate(path):\n    return {"score": random.random()}\n';
    const [three, four, again] = await measure(body, { seeds: [3, 4, 3] });
    expect(three).toEqual(again);
    expect(three).not.toEqual(four);
    expect((await measure(body, { seeds: [4] }))[0]).toEqual(four);
  });

  test('a candidate finds no nonce, and its own line voids the case', async () => {
    const steal = `
import os, re
rollout = os.path.dirname(os.path.dirname(__file__))
paths = [os.path.join(rollout, name) for name in os.listdir(rollout)]
left = [p for p in paths if os.path.isfile(p) and re.search("[0-9a-f]{32}", open(p).read())]
assert not left and "PACELINE_INSTANCES" not in os.environ, "found the nonce"
`;
    const run =
      'import runpy\ndef evaluate(path):\n    runpy.run_path(path)\n    return {"score": 1.0}\n';
    expect(await measure(run, { candidate: steal })).toEqual([scored(1)]);
    const forge = 'import os\nos.write(3, b\'{"index":0,"metrics":{"score":-9}}\\n\')\n';
    expect(await measure(run, { candidate: forge })).toEqual([
      { outcome: 'invalid', message: "An answer without this rollout's nonce was refused." },
    ]);
  });

  test('each answer that is no number has its own sentence', async () => {
    expect(await messageOf('return {"score": 0.0, "error": "program timed out"}')).toBe(
      'invalid: The evaluator reported an error: program timed out',
    );
    expect(await messageOf('return 1.5')).toBe(
      'invalid: The evaluator reported an error: evaluate must return a dict of metrics, not float',
    );
    expect(await messageOf('return {"score": float("nan")}')).toBe(
      'invalid: The metric "score" is "nan", not a finite number.',
    );
  });

  thorough('so has each end without one', async () => {
    expect(await messageOf('return {"score": True}')).toMatch(/is "true", not a finite number/);
    expect(await messageOf('return {"loss": 1}')).toMatch(/has no metric "score"; it has "loss"\./);
    expect(await messageOf('raise KeyError("x")')).toBe(
      "crashed: Ended with exit code 1. Its last line: KeyError: 'x'",
    );
    expect(await messageOf('sys.exit(0)')).toMatch(/^crashed: .*it called exit\(0\)/);
    expect(await messageOf('os._exit(0)')).toMatch(/^invalid: .*without an answer for case 0/);
    const [none] = await measure('def score(path):\n    return {}\n');
    expect(none).toMatchObject({ message: expect.stringMatching(/has no function evaluate\(/) });
  });

  test('a number of another library is one', async () => {
    const body = `
class Float32:
    def item(self):
        return 0.25

def evaluate(path):
    return {"score": Float32(), "shape": (1, 2)}
`;
    expect(await measure(body)).toEqual([scored(0.25)]);
  });

  test('python3 passes the check', async () => {
    await expect(
      checkPython({ python: 'python3', cwd: folder, sandbox }, NEVER),
    ).resolves.toBeUndefined();
  });
});

test.each([
  ['no-such-python', 'was not found'],
  ['node', 'cannot be run as Python'],
])('%s is refused with what to do', async (python, reason) => {
  await expect(checkPython({ python, cwd: folder, sandbox }, NEVER)).rejects.toMatchObject({
    code: 'EVALUATOR_FAILED',
    message: `evaluator.python names "${python}", which ${reason}. Install Python 3.8 or newer, or name another interpreter, for example .venv/bin/python.`,
  });
});

test('a Python that is too old is refused', async () => {
  const old = join(folder, 'old-python');
  writeFileSync(old, '#!/bin/sh\nexit 8\n', { mode: 0o755 });
  await expect(checkPython({ python: old, cwd: folder, sandbox }, NEVER)).rejects.toThrow(
    /which is older than Python 3\.8\./,
  );
});
