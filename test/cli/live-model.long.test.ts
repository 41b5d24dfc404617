/**
 * One short study with a model of a real provider, for whoever has a key: PACELINE_LIVE_MODEL=anthropic/claude-haiku-4-5
 * (or openai/…, google/…, ollama/…), which spends at most five cents. Skipped everywhere else.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, ending, startCliWith } from './fixtures/cli.ts';
import { ESTIMATE, EVALUATE } from './fixtures/estimate.ts';

const model = process.env['PACELINE_LIVE_MODEL'];
const reason = model === undefined ? ' (PACELINE_LIVE_MODEL names none)' : '';
const KEYS = ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'];

test.skipIf(model === undefined)(
  `a model of a provider proposes, within its budget${reason}`,
  { timeout: 600_000 },
  async () => {
    const folder = emptyFolder();
    const config = {
      name: 'live',
      kind: 'code',
      surface: { edit: ['origin/estimate.mjs'], readonly: ['evaluator'] },
      evaluator: {
        use: 'function',
        module: 'evaluator/evaluate.mjs',
        class: 'fused',
        timeout: '5s',
        metrics: [{ name: 'loss', goal: 'min', unit: 'points' }],
      },
      proposers: [{ use: 'llm', models: [model], parallel: 1 }],
      budget: { usd: 0.05, requests: 6, trials: 4 },
    };
    const files = {
      'paceline.yaml': JSON.stringify(config),
      'evaluator/evaluate.mjs': EVALUATE,
      'origin/estimate.mjs': ESTIMATE,
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const keys = KEYS.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
    const ran = await ending(
      startCliWith(Object.fromEntries(keys), folder, 'run', '--yes', '--json'),
    );
    expect(ran.code, ran.stderr).toBe(0);
    const { spent, measurements } = ran.json() as unknown as {
      readonly spent: { readonly microUsd: number; readonly requests: number };
      readonly measurements: { readonly scored: number };
    };
    expect(spent.requests).toBeGreaterThan(0);
    expect(spent.microUsd).toBeLessThanOrEqual(50_000);
    expect(measurements.scored, 'no proposal could be measured').toBeGreaterThan(0);
    expect((await ending(startCliWith({}, folder, 'verify'))).code).toBe(0);
  },
);
