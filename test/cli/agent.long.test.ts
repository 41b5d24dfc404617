/** A study whose ideas come from a coding agent in a jail, through the command line. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bubblewrapMissing } from '../../src/sandboxes/bubblewrap/cause.ts';
import { type Behaviour, type ModelServer, modelServer } from '../../src/testing/model-server.ts';
import { agentTask, cli, node, SECONDS, SECRET } from './fixtures/agent-task.ts';
import { ending, startCliWith } from './fixtures/cli.ts';

const jailed = test.skipIf(bubblewrapMissing() !== undefined);

async function serving(behave: () => Behaviour): Promise<ModelServer> {
  const server = await modelServer(behave);
  onTestFinished(() => server.close());
  return server;
}

jailed('an agent improves a program with a model that it reaches through us', SECONDS, async () => {
  const server = await serving(() => ({ text: 'Yes.', usage: { input: 1000, output: 10 } }));
  const folder = agentTask({
    agent: `${node}improve]
    endpoint: { provider: openai-compatible, url: '${server.url}', key: THE_KEY, price: { input: 1, output: 2 } }`,
    budget: 'trials: 8, usd: 1',
  });
  const unsaid = await cli(folder, 'run');
  expect([unsaid.code, unsaid.stderr]).toEqual([
    2,
    expect.stringMatching(/pays for calls to openai-compatible, by .*node, at most 1 USD.*--yes/),
  ]);
  const { code, stdout, stderr } = await cli(folder, 'run', '--yes', '--record', 'tape.jsonl');
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/beats the untouched origin/);
  expect(server.asked.length).toBeGreaterThan(4);
  expect(new Set(server.asked.map(({ headers }) => headers.authorization))).toEqual(
    new Set([`Bearer ${SECRET}`]),
  );
  const report = await cli(folder, 'report', '--json');
  expect(JSON.parse(report.stdout).spent).toMatchObject({ requests: server.asked.length });
  const shown = await cli(folder, 'show', '--steps');
  expect(shown.stdout).toMatch(/One sample more/);
  expect(shown.stdout).toMatch(/message\s+Hypothesis: One sample more/);
  expect((await cli(folder, 'verify')).code).toBe(0);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    const bytes = readFileOf(path);
    expect(bytes?.includes(SECRET) ?? false, path).toBe(false);
  }
});

jailed('a study with an agent replays without it, to the same digest', SECONDS, async () => {
  const server = await serving(() => ({ text: 'Yes.', usage: { input: 1000, output: 10 } }));
  const folder = agentTask({
    agent: `${node}improve]
    endpoint: { provider: openai-compatible, url: '${server.url}', key: THE_KEY, price: { input: 1, output: 2 } }`,
    budget: 'trials: 5, usd: 1',
  });
  const digest = async (): Promise<unknown> => {
    const { stdout } = await cli(folder, 'report', '--json');
    const { ledger, spent } = JSON.parse(stdout);
    return { logical: ledger.logical, microUsd: spent.microUsd };
  };
  const recorded = await cli(folder, 'run', '--yes', '--record', 'tape.jsonl');
  expect(recorded.code, recorded.stderr).toBe(0);
  const first = await digest();
  const asked = server.asked.length;
  rmSync(join(folder, 'agent.mjs'));
  const again = await ending(startCliWith({}, folder, 'run', '--replay', 'tape.jsonl'));
  expect(again.code, again.stderr).toBe(0);
  expect(await digest()).toEqual(first);
  expect(server.asked.length).toBe(asked);
  const other = await ending(
    startCliWith({}, folder, 'run', '--replay', 'tape.jsonl', '--seed', 'x'),
  );
  expect([other.code, other.stderr]).toEqual([
    69,
    expect.stringMatching(/agent answered in trial \d+ is not on/),
  ]);
});

function readFileOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

test('one with a login of its own is said to hold the credentials', SECONDS, async () => {
  const folder = agentTask({ agent: `${node}improve]\n    login: own` });
  const unsaid = await cli(folder, 'run');
  expect(unsaid.stderr).toMatch(/whoever .*node is logged in to \(which nobody counts here\)/);
  const { code, stdout, stderr } = await cli(folder, 'run', '--yes');
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/holds your credentials/);
  expect((await cli(folder, 'verify')).code).toBe(0);
});
