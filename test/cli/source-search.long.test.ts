/** Searches on real source: what they find is confirmed on fresh pairs, and verified from the ledger. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { cli } from './fixtures/cli.ts';
import { ORIGIN, SOURCE_CONFIG, sourceFolder } from './fixtures/source-task.ts';

const proposing = (proposers: string, budget: string): string =>
  SOURCE_CONFIG.replace('  - { use: scripted, folder: candidates }', proposers).replace(
    'trials: 8',
    budget,
  );

/** The weights are the origin's guess: equal ones would be best. */
const WEIGHTED = ORIGIN.replace(
  'samples[0] ?? 0',
  '(samples[0] ?? 0) * 0.9 + (samples[1] ?? 0) * 0.05 + (samples[2] ?? 0) * 0.05',
);

test('genetic and cma-es improve a TypeScript function', { timeout: 600_000 }, async () => {
  const proposers = `  - genetic
  - { use: cma-es, lambda: 4, generations: 3, sigma: 0.3 }`;
  const folder = sourceFolder({
    'paceline.yaml': proposing(proposers, 'trials: 6'),
    'src/estimate.ts': WEIGHTED,
  });
  const ran = await cli(folder, 'run', '--quiet', '--json');
  expect(ran.stderr).toBe('');
  expect(ran.json()).toMatchObject({ status: 'budget', trials: { total: 6 } });
  console.info('TypeScript:', JSON.stringify(ran.json()['promotions']));
  expect(ran.json()['promotions']).not.toHaveLength(0);
  expect((await cli(folder, 'show', '--source')).stdout).toContain('EVOLVE-BLOCK-START');
  expect((await cli(folder, 'verify')).code).toBe(0);
});

const PYTHON = `# EVOLVE-BLOCK-START
def estimate(samples):
    return samples[0] * 0.9 + samples[1] * 0.05 + samples[2] * 0.05
# EVOLVE-BLOCK-END
`;

const PYTHON_EVALUATE = `import importlib.util, os, random

def evaluate(program_path):
    spec = importlib.util.spec_from_file_location("program", program_path)
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    rng = random.Random(int(os.environ["PACELINE_SEED"]))
    loss = 0.0
    for _ in range(40):
        samples = [rng.random() - 0.5 for _ in range(3)]
        loss += program.estimate(samples) ** 2
    return {"loss": loss / 40}
`;

const hasPython = spawnSync('python3', ['--version']).status === 0;

test.skipIf(!hasPython)(
  'genetic and cma-es improve a Python function (skipped without python3)',
  { timeout: 600_000 },
  async () => {
    const config = proposing(
      '  - genetic\n  - { use: cma-es, lambda: 4, generations: 3, sigma: 0.3 }',
      'trials: 6',
    )
      .replace('src/estimate.ts', 'src/estimate.py')
      .replace('  include: [src/offset.ts]\n', '')
      .replace(
        'use: function\n  module: evaluator/evaluate.ts',
        'use: python-evaluate\n  module: evaluator/evaluate.py',
      );
    const folder = sourceFolder({
      'paceline.yaml': config,
      'src/estimate.py': PYTHON,
      'evaluator/evaluate.py': PYTHON_EVALUATE,
    });
    const ran = await cli(folder, 'run', '--quiet', '--json');
    expect(ran.stderr).toBe('');
    console.info('Python:', JSON.stringify(ran.json()['promotions']));
    expect(ran.json()['promotions']).not.toHaveLength(0);
    expect((await cli(folder, 'show', '--source')).stdout).toContain('def estimate(samples):');
    expect((await cli(folder, 'verify')).code).toBe(0);
  },
);
