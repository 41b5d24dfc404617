/** What the docs show, word for word: the beginnings of an evaluator under the audit, and the first study. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder } from './fixtures/cli.ts';

const DOCS = readFileSync(join(import.meta.dirname, '../../docs/evaluators.md'), 'utf8');

/** The block whose first line names the file. */
function shown(file: string): string {
  const [, text] =
    new RegExp(`^\`\`\`\\w+\\n((?:#|//) ${file}\\n[\\s\\S]*?)^\`\`\``, 'm').exec(DOCS) ?? [];
  if (text === undefined) throw new Error(`docs/evaluators.md shows no ${file}`);
  return text;
}

const KINDS = {
  js: ['node evaluator/main.mjs', 'evaluator/main.mjs', 'origin/estimate.mjs'],
  py: ['python3 evaluator/main.py', 'evaluator/main.py', 'origin/estimate.py'],
} as const;
const ORIGINS = {
  js: 'export function estimate(n) {\n  return n + 4;\n}\n',
  py: 'def estimate(n):\n    return n + 4\n',
};

function taskOf(kind: keyof typeof KINDS, change = (text: string): string => text): string {
  const [command, evaluator, origin] = KINDS[kind];
  const folder = emptyFolder();
  const config = `name: shown\nkind: code\nsurface: { edit: [${origin}], readonly: [evaluator] }\nevaluator:\n  command: ${command}\n  class: fused\n  metrics: [{ name: loss, goal: min, unit: points }]\nproposers: [genetic]\nbudget: { trials: 4 }\n`;
  const files = {
    'paceline.yaml': config,
    [evaluator]: change(shown(evaluator)),
    [origin]: ORIGINS[kind],
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const attack = (folder: string) => cli(folder, 'doctor', '--evaluator', '--json');

test.each(['js', 'py'] as const)(
  '%s: as it is shown it is let through',
  { timeout: 120_000 },
  async (kind) => {
    const { code, stdout } = await attack(taskOf(kind));
    expect(stdout).not.toMatch(/got through/);
    expect(code).toBe(0);
  },
);

test.each([
  ['js', (text: string) => text.replace(/^delete .*\n|^unlinkSync.*\n/gm, '')],
  [
    'py',
    (text: string) =>
      text
        .replace('os.remove(os.environ.pop("PACELINE_INSTANCES"))', '')
        .replace('.environ.pop("PACELINE_RESULT_FD")', '.environ["PACELINE_RESULT_FD"]'),
  ],
] as const)(
  'planted, %s: without its first lines it is refused, and told where they stand',
  { timeout: 120_000 },
  async (kind, change) => {
    const { code, stdout } = await attack(taskOf(kind, change));
    expect(code).toBe(2);
    expect(stdout).toMatch(/docs\/evaluators\.md/);
  },
);

test('the first study of docs/getting-started.md finds what it says', {
  timeout: 240_000,
}, async () => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/getting-started.md'), 'utf8');
  const folder = emptyFolder();
  for (const [, file = '', text = ''] of docs.matchAll(
    /^```\w+\n(?:#|\/\/) (\S+)\n([\s\S]*?)^```/gm,
  )) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const { code, json } = await cli(folder, 'run', '--seed', '1', '--quiet', '--json');
  expect(code).toBe(0);
  const { promotions } = json() as unknown as {
    readonly promotions: readonly { readonly metric: string }[];
  };
  expect(promotions.length).toBeGreaterThan(1);
  expect(new Set(promotions.map(({ metric }) => metric))).toEqual(new Set(['loss']));
});
