/** The evaluators of `evaluator.use`, from the config to a finished study, and their bad input. */
import { existsSync } from 'node:fs';
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

interface Bad {
  readonly changes: Readonly<Record<string, string>>;
  readonly says: RegExp;
}

const BAD: Readonly<Record<string, Bad>> = {
  'an evaluator that is not offered': {
    changes: uses('use: functoin\n  module: evaluator/evaluate.ts'),
    says: /evaluator\.use: .*command.*function/,
  },
  'a misspelt key of one evaluator': {
    changes: uses('use: function\n  modul: evaluator/evaluate.ts'),
    says: /unknown key "modul"; did you mean module\?/,
  },
  'a key of another evaluator': {
    changes: uses('use: function\n  module: evaluator/evaluate.ts\n  command: node x.mjs'),
    says: /unknown key "command"/,
  },
  'a function module that is not there': {
    changes: FUNCTION,
    says: /evaluator\.module names .*evaluate\.ts, which does not exist/,
  },
  'a function module without evaluate': {
    changes: { ...FUNCTION, 'evaluator/evaluate.ts': 'export const score = 1;' },
    says: /origin could not be scored .*exports no function evaluate/,
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
