/** One study that was designed to say whether the search helped, from the command line. */
import { expect, test } from 'vitest';
import { cli, configWith, exampleFolder } from './fixtures/cli.ts';

test('run, verify, report: a sentence about the search, with what it rests on', {
  timeout: 60_000,
}, async () => {
  const yaml = configWith(/control:.*/, 'control: { design: islands, islands: 4, blocks: 3 }');
  const folder = exampleFolder({ 'paceline.yaml': yaml });
  const ran = await cli(folder, 'run', '--trials', '21', '--json');
  expect(ran.code).toBe(0);
  const { control, trials } = ran.json() as unknown as {
    readonly control: readonly {
      readonly arm: string;
      readonly verdict: string;
      readonly claim: string;
      readonly finals?: readonly object[];
    }[];
    readonly trials: { readonly total: number };
  };
  expect(trials.total).toBe(21);
  expect(control.map(({ arm }) => arm)).toEqual(['origin', 'islands']);
  const islands = control[1];
  expect(islands?.finals).toHaveLength(7);
  expect(islands?.claim).toMatch(
    /^(search helped|no evidence): difference |^not testable: at the smallest spend/,
  );
  const verified = await cli(folder, 'verify');
  expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining('holds')]);
  expect((await cli(folder, 'report', '--audit')).code).toBe(0);
});
