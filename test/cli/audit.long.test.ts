/** The audit of an evaluator as people meet it: ended in the middle, asked for where there is none. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  cli,
  configWith,
  emptyFolder,
  ending,
  exampleFolder,
  startCli,
  untilSaid,
} from './fixtures/cli.ts';

const SLOW = `
export async function evaluate({ cases }) {
  await new Promise((resolve) => setTimeout(resolve, 20_000));
  return cases.map(({ seed }) => ({ excess: Math.sin(seed) }));
}
`;

function slowFolder(): string {
  const config = configWith(
    /language:[\s\S]*class: split\n.*\n/,
    'evaluator:\n  use: function\n  module: evaluator/slow.mjs\n  class: fused\n',
  ).replace(/ {2}- \{ use: cma-es.*\n/, '');
  return exampleFolder({ 'paceline.yaml': config, 'evaluator/slow.mjs': SLOW });
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a start that is ended by %s in the middle of the audit leaves nothing',
  { timeout: 60_000 },
  async (signal) => {
    const folder = slowFolder();
    const child = startCli(folder, 'run');
    const ended = ending(child);
    await untilSaid(child, /attacking the evaluator before the first trial: 0 of \d+/);
    expect(readdirSync(join(folder, '.paceline/work'))).toHaveLength(1);
    child.kill(signal);
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/Interrupted; nothing was begun/);
    expect(readdirSync(join(folder, '.paceline/work'))).toEqual([]);
    expect(existsSync(join(folder, '.paceline/studies'))).toBe(false);
  },
);

test('an audit that is asked for where there is no evaluator has not passed', {
  timeout: 60_000,
}, async () => {
  const asked = await cli(emptyFolder(), 'doctor', '--evaluator', '--json');
  expect(asked.code).toBe(2);
  expect(asked.stdout).toMatch(/there is no evaluator to attack/);
  expect((await cli(emptyFolder(), 'doctor')).code).toBe(0);
});
