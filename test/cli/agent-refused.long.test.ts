/** Agents that cannot be: each refused in one sentence, before anything is spent. */
import { expect, test } from 'vitest';
import { agentTask, cli, node, SECONDS } from './fixtures/agent-task.ts';

test.each([
  [
    'neither endpoint nor login',
    `${node}good]`,
    /either endpoint, whose key it never sees, or login: own/,
  ],
  [
    'turns that nobody counts',
    `${node}good]\n    login: own\n    turns: 5`,
    /turns.*is counted at the endpoint/,
  ],
  [
    'memory that nobody limits',
    `${node}good]\n    login: own\n    memory: 1gb`,
    /memory cannot be enforced/,
  ],
  [
    'an agent that is not there',
    'command: no-such-agent\n    endpoint: none',
    /"no-such-agent", which is not there/,
  ],
  [
    'a file that is not there',
    `${node}good]\n    endpoint: none\n    reads: [nowhere]`,
    /reads names .*nowhere, which is not there/,
  ],
  [
    'a key in the file',
    `${node}good]\n    endpoint: { provider: openai, key: 'sk-1' }`,
    /names an environment variable/,
  ],
  ['no key', `${node}good]\n    endpoint: { provider: openai, key: NO_KEY }`, /NO_KEY is not set/],
  [
    'money without a limit',
    `${node}good]\n    endpoint: { provider: ollama }`,
    /needs usd, tokens or requests/,
  ],
] as const)('%s: one sentence', SECONDS, async (_, agent, says) => {
  const budget = agent.includes('openai') ? 'usd: 1' : 'trials: 4';
  const { code, stderr } = await cli(agentTask({ agent, budget }), 'run', '--yes');
  expect(stderr).toMatch(says);
  expect(code).toBeGreaterThan(0);
});
