/** The evaluators of `evaluator.use`, from the config to a finished study, and their bad input. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, configWith, exampleFolder } from './fixtures/cli.ts';

const COMMAND = 'command: node evaluator/main.mjs';
const uses = (lines: string) => ({ 'paceline.yaml': configWith(COMMAND, lines) });

const EVALUATE = `
import { join } from 'node:path';
import { excessOf, makeInstances } from './instances.mjs';
import { packOnline } from './pack.mjs';

interface Asked {
  readonly candidate: string;
  readonly cases: readonly { readonly seed: number }[];
  readonly params: { readonly family: string };
}

export async function evaluate({ candidate, cases, params }: Asked) {
  const policy = await import(join(candidate, 'priority.mjs'));
  return cases.map(({ seed }) => ({
    excess: excessOf(makeInstances(params.family, seed), (one: unknown) => packOnline(one, policy)),
  }));
}
`;
const FUNCTION = uses('use: function\n  module: evaluator/evaluate.ts');

test('a study judged by a TypeScript function', { timeout: 60_000 }, async () => {
  const folder = exampleFolder({ ...FUNCTION, 'evaluator/evaluate.ts': EVALUATE });
  const ran = await cli(folder, 'run', '--quiet', '--json');
  expect(ran.stderr).toBe('');
  expect(ran.json()).toMatchObject({ status: 'budget', trials: { total: 8 } });
  expect((await cli(folder, 'verify')).code).toBe(0);
});

const PYTHON = (of: string, more = '') => ({
  'paceline.yaml': configWith(
    `${COMMAND}\n  class: split`,
    `use: python-evaluate\n  module: evaluator/evaluate.py${more}\n  ${of}`,
  ),
});

/** As OpenEvolve users write them: the program in a process of its own, here node instead of python. */
const EVALUATE_PY = `
import os, subprocess
from openevolve.evaluation_result import EvaluationResult

SCORE = '''
const [policy, { excessOf, makeInstances }, { packOnline }] = await Promise.all(
  [process.argv[1], "./evaluator/instances.mjs", "./evaluator/pack.mjs"].map((file) => import(require("path").resolve(file))));
console.log(excessOf(makeInstances("weibull", Number(process.env.PACELINE_SEED)), (one) => packOnline(one, policy)));
'''

def evaluate(program_path, family):
    module = program_path.replace(".ts", ".mjs")
    script = "(async () => {" + SCORE + "})()"
    ran = subprocess.run(["node", "-e", script, module], capture_output=True, text=True, timeout=20)
    if ran.returncode != 0:
        return {"excess": 0.0, "error": ran.stderr}
    return EvaluationResult(metrics={"excess": float(ran.stdout)}, artifacts={"stderr": ran.stderr})
`;
const hasPython = spawnSync('python3', ['--version']).status === 0;

test.skipIf(!hasPython)(
  'a study judged by evaluate(program_path), labelled fused',
  {
    timeout: 60_000,
  },
  async () => {
    const folder = exampleFolder({
      ...PYTHON('class: fused'),
      'evaluator/evaluate.py': EVALUATE_PY,
    });
    const ran = await cli(folder, 'run', '--quiet', '--json', '--trials', '3');
    expect(ran.stderr).toBe('');
    expect(ran.json()).toMatchObject({ status: 'budget', trials: { total: 3 } });
    expect(readdirSync(join(folder, 'evaluator'))).not.toContain('__pycache__');
    expect((await cli(folder, 'report')).code).toBe(0);
    const [study = ''] = readdirSync(join(folder, '.paceline/studies'));
    const report = readFileSync(
      join(folder, '.paceline/studies', study, 'report/report.md'),
      'utf8',
    );
    expect(report).toMatch(/fused/);
    expect((await cli(folder, 'verify')).code).toBe(0);
  },
);

interface Bad {
  readonly changes: Readonly<Record<string, string>>;
  readonly says: RegExp;
}

const BAD: Readonly<Record<string, Bad>> = {
  'an evaluator that is not offered': {
    changes: uses('use: functoin\n  module: evaluator/evaluate.ts'),
    says: /evaluator\.use: "functoin" is none of command, function, split, python-evaluate, inner-study; did you mean function\?/,
  },
  'a judge that candidates could read': {
    changes: {
      ...uses('use: split\n  judge: evaluator/main.mjs\n  solver: evaluator/pack.mjs'),
    },
    says: /evaluator\.judge lies in the folder of evaluator\.solver, all of which a candidate can read/,
  },
  'steps of an evaluator that counts none': {
    changes: uses('use: function\n  module: evaluator/instances.mjs\n  limits: { steps: 1000 }'),
    says: /evaluator\.limits\.steps: are counted by use: split only/,
  },
  'a misspelt key of one evaluator': {
    changes: uses('use: function\n  modul: evaluator/evaluate.ts'),
    says: /unknown key "modul"; did you mean module\?/,
  },
  'a key of another evaluator': {
    changes: uses('use: function\n  module: evaluator/evaluate.ts\n  command: node x.mjs'),
    says: /command belongs to another use/,
  },
  'a function module that is not there': {
    changes: FUNCTION,
    says: /evaluator\.module names .*evaluate\.ts, which does not exist/,
  },
  'a Python that is not there': {
    changes: PYTHON('class: fused', '\n  python: no-such-python'),
    says: /evaluator\.python names "no-such-python", which was not found\. Install Python 3\.8/,
  },
  'a Python that is none': {
    changes: PYTHON('class: fused', '\n  python: node'),
    says: /evaluator\.python names "node", which cannot be run as Python/,
  },
  'a Python evaluator called split': {
    changes: PYTHON('class: split'),
    says: /write class: fused/,
  },
  'instances for an evaluator that cannot receive them': {
    changes: {
      'paceline.yaml': PYTHON('class: fused')['paceline.yaml'].replace(
        'budget:',
        'splits: { generator: node generate.mjs }\nbudget:',
      ),
    },
    says: /splits\.generator makes instances/,
  },
  'a function module without evaluate': {
    changes: { ...FUNCTION, 'evaluator/evaluate.ts': 'export const score = 1;' },
    says: /origin could not be scored .*exports no function evaluate.*Call the function evaluate of \S*evaluate\.ts on the origin by hand until it returns/,
  },
  ...(hasPython && {
    'a Python function that raises': {
      changes: {
        ...PYTHON('class: fused'),
        'evaluator/evaluate.py': 'def evaluate(path, family):\n    raise ValueError("no")\n',
      },
      says: /could not be scored .*ValueError.*Call the function evaluate of \S*evaluate\.py on the origin/,
    },
  }),
  'an interpreter that gives no number': {
    changes: {
      'evaluator/interpret.mjs': `
        export const rows = { priority: { item: [1], slack: [1] }, openNew: { item: [1] } };
        export const score = () => ({ excess: Number.NaN });`,
    },
    says: /could not be scored .*Correct evaluator\.interpreter until it gives the origin a finite/,
  },
};

test.each(Object.entries(BAD))('%s', { timeout: 30_000 }, async (_name, { changes, says }) => {
  const folder = exampleFolder(changes);
  const { code, stderr, stdout } = await cli(folder, 'run', '--quiet');
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/internal error|\n\s+at /);
  expect(stdout).toBe('');
  expect(code).toBe(2);
  if (/which does not exist|unknown key/.test(stderr)) {
    expect(existsSync(join(folder, '.paceline'))).toBe(false);
  }
});

test('doctors at the same time leave each other and the folder alone', {
  timeout: 60_000,
}, async () => {
  const folder = exampleFolder();
  const ended = await Promise.all([0, 1].map(() => cli(folder, 'doctor')));
  for (const { code, stdout } of ended) {
    expect(stdout).toMatch(/search and judge agree/);
    expect(code).toBe(0);
  }
  expect(readdirSync(join(folder, '.paceline/work'))).toEqual([]);
});

const REWARDS_NOTHING = `
import { readFileSync } from 'node:fs';
export async function evaluate({ candidate, cases }) {
  const text = readFileSync(candidate + '/n.txt', 'utf8');
  return cases.map(({ seed }) => ({ loss: Number(text) ** 2 + Math.sin(seed) ** 2 }));
}
`;
const OF_DATA = `name: rewarding
kind: code
surface: { edit: [n.txt], readonly: [evaluator] }
evaluator: { use: function, module: evaluator/evaluate.mjs, class: split, metrics: [{ name: loss, goal: min, unit: points }] }
proposers: [genetic]
budget: { trials: 1 }
`;

test('doctor --evaluator says what gets through and fails; a run of it is refused', {
  timeout: 60_000,
}, async () => {
  const folder = exampleFolder({
    'paceline.yaml': OF_DATA,
    'n.txt': '3\n',
    'evaluator/evaluate.mjs': REWARDS_NOTHING,
  });
  const looked = await cli(folder, 'doctor', '--evaluator', '--json');
  expect(looked.code).toBe(2);
  expect(looked.json()).toMatchObject({
    schema: 'paceline.doctor/1',
    evaluator: {
      needs: { read: ['evaluator'] },
      lines: ['jail: { read: [evaluator] }', 'evaluator:', expect.any(String), expect.any(String)],
    },
  });
  expect(JSON.stringify(looked.json())).toContain(
    '"against":"better","isBelieved":false,"isThrough":true,"isRefused":true',
  );
  const ran = await cli(folder, 'run', '--quiet');
  expect(ran.code).toBe(2);
  expect(ran.stderr).toMatch(/known-bad candidate "empty" .* got through.*nothing was spent/);
  expect(existsSync(join(folder, '.paceline/studies'))).toBe(false);
});
