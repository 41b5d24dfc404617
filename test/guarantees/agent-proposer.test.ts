/** Agents in a real jail, good and bad: what becomes of each, what it can reach, and what it leaves. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { sha256 } from '../../src/core/hash.ts';
import { publicRoot } from '../../src/core/rng.ts';
import type { Purse } from '../../src/core/spend.ts';
import type { Step } from '../../src/core/steps.ts';
import type { Relay } from '../../src/models/contract.ts';
import { modelRelay } from '../../src/models/relay.ts';
import { cleaner } from '../../src/models/without-secrets.ts';
import { JAILED } from '../../src/proposers/agent/permission.ts';
import { MODEL_PORT } from '../../src/proposers/agent/visit.ts';
import { type AgentOptions, agentProposer } from '../../src/proposers/agent.ts';
import type { AskRequest, Draft } from '../../src/proposers/contract.ts';
import { bubblewrapMissing } from '../../src/sandboxes/bubblewrap/cause.ts';
import { bubblewrapSandbox } from '../../src/sandboxes/bubblewrap.ts';
import type { Sandbox } from '../../src/sandboxes/contract.ts';
import { namespacesSandbox } from '../../src/sandboxes/namespaces.ts';
import { languageOf } from '../../src/source/language-of.ts';
import { decodeProgram, encodeProgram } from '../../src/source/program.ts';
import { sourceTask } from '../../src/tasks/source.ts';
import { FULL_PURSE } from '../../src/testing/asked-models.ts';
import { type Behaviour, modelServer } from '../../src/testing/model-server.ts';
import { isThorough } from '../thorough.ts';

const AGENT = join(import.meta.dirname, 'fixtures/acp-agent.mjs');
const KEY = 'sk-our-own-key-0123456789';
const text = encodeProgram({ files: { 'tune.txt': 'depth = 4\nwidth = 2\n' } });
const origin = { id: sha256(text), text };
const kind = sourceTask({ origin: decodeProgram(text).files, languageOf, limitBytes: 10_000 });
const missing = bubblewrapMissing();

let top: string;
let sandbox: Sandbox;
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'paceline-agents-'));
  sandbox = bubblewrapSandbox({ scope: join(top, 'scope') });
  writeFileSync(join(top, 'judge.txt'), 'strict');
});
afterAll(async () => {
  await sandbox.close();
  rmSync(top, { recursive: true });
});

function agentOf(words: readonly string[], more: Partial<AgentOptions> = {}) {
  return agentProposer({
    argv: [process.execPath, AGENT, ...words],
    environment: {
      ANTHROPIC_BASE_URL: `http://127.0.0.1:${MODEL_PORT}`,
      ANTHROPIC_API_KEY: 'none',
    },
    reads: [AGENT],
    home: join(top, 'work'),
    beside: [{ name: 'judge.txt', path: join(top, 'judge.txt') }],
    sandbox,
    limits: { wallMs: 20_000, memoryBytes: 2 ** 30, processes: 16 },
    holdsCredentials: false,
    rules: JAILED,
    clean: cleaner([KEY]),
    parallel: 1,
    kind,
    read(candidate) {
      kind.materialise(candidate);
      return { key: sha256(candidate), size: kind.size(candidate) };
    },
    isHidden: () => false,
    task: 'tune',
    metric: { name: 'loss', goal: 'min', unit: 'points' },
    origin,
    inUnit: (oriented) => -oriented,
    ...more,
  });
}

interface Asked {
  readonly draft: Draft;
  readonly steps: readonly Step[];
}

async function asked(
  words: readonly string[],
  more: Partial<AgentOptions> = {},
  { purse = FULL_PURSE, signal = new AbortController().signal }: Partial<AskRequest> = {},
): Promise<Asked> {
  const steps: Step[] = [];
  const proposer = agentOf(words, more);
  const draft = await proposer.ask(proposer.init(), {
    trial: 7,
    rng: publicRoot('agent').stream(7, 'ask'),
    archive: { size: 0, best: () => undefined, pick: () => undefined },
    probe: { measure: () => Promise.reject(new Error('nothing is probed')) },
    fromOrigin: false,
    seen: () => false,
    purse,
    note: (step) => void steps.push(step),
    signal,
  });
  const kept = existsSync(join(top, 'work')) ? readdirSync(join(top, 'work')) : [];
  expect(kept, 'worktrees that were left').toEqual([]);
  return { draft, steps };
}

const fileOf = ({ text: one }: Draft): string | undefined => decodeProgram(one).files['tune.txt'];

describe.skipIf(missing !== undefined)(`in a jail${missing ? ` (${missing})` : ''}`, () => {
  test('what it changed is the candidate, what it did and said is kept', async () => {
    const { draft, steps } = await asked(['good']);
    expect(draft).toMatchObject({
      operator: 'agent',
      parents: [origin.id],
      hypothesis: 'Depth 6 prunes more.',
      expected: 0.5,
    });
    expect(fileOf(draft)).toBe('depth = 6\nwidth = 2\n');
    expect(steps.map((one) => one.kind)).toEqual(['plan', 'tool', 'diff', 'permission', 'message']);
    expect(steps[2]?.says).toMatch(
      /^--- a\/tune\.txt\n\+\+\+ b\/tune\.txt\n[\s\S]*-depth = 4\n\+depth = 6/,
    );
    expect(steps[3]?.says).toBe('allowed (edit) Edit');
  });

  const NONE = [
    ['nothing', /It changed nothing \(end_turn\)/],
    ['beyond', /It changed "judge.txt", which is not among the editable files/],
    ['folder', /It left "tune.txt" as no file of text/],
    ['binary', /It left "tune.txt" as no file of text/],
    ['forever', /It asked for permission more than 256 times/],
    ['garbage', /What it says is no message of the Agent Client Protocol/],
    ['exit', /ended before its turn was over/],
    ['kills', /Ended (by SIGKILL|with exit code)/],
    ['broken', /It answered with an error: lost my thread/],
  ] as const;
  /** Variants of `forever` and of `exit`, which take seconds each. */
  const SLOW = [
    ['long', /ended before its turn was over/],
    ['deaf', /It asked us for more than 1024 things/],
    ['closes', /ended before its turn was over/],
  ] as const;
  test.each([...NONE, ...(isThorough ? SLOW : [])])(
    '%s: no candidate, and why',
    async (act, why) => {
      const { draft } = await asked([act]);
      expect(draft).toMatchObject({ text: '', noCandidate: expect.stringMatching(why) });
      expect(draft.noCandidateAs).toBeUndefined();
    },
  );

  test('a link in the place of a file reads nothing through us', async () => {
    const secret = join(top, 'judge.txt');
    const { draft } = await asked(['link', secret]);
    expect(draft.noCandidate).toMatch(/It left "tune.txt" as no file of text/);
  });

  test('what it closed to itself is no hindrance', async () => {
    const { draft } = await asked(['closed']);
    expect(fileOf(draft)).toBe('depth = 5\nwidth = 2\n');
  });

  test('planted: a secret that it has got hold of is in nothing that it says or makes', async () => {
    const said = await asked(['tells', KEY]);
    expect(JSON.stringify(said)).not.toContain(KEY);
    expect(said.steps.map(({ kind }) => kind)).toEqual(['tool', 'diff', 'permission', 'message']);
    expect(said.draft.hypothesis).toBe('[redacted] is it.');
    const made = await asked(['writes', KEY]);
    expect(JSON.stringify(made)).not.toContain(KEY);
    expect(made.draft.noCandidate).toMatch(/wrote a secret of this environment into "tune.txt"/);
    const ended = await asked(['prints', KEY]);
    expect(JSON.stringify(ended)).not.toContain(KEY);
    expect(ended.draft.noCandidate).toMatch(/\[redacted\]/);
  });

  test('what it leaves running ends with it, and holds nobody up', async () => {
    const began = performance.now();
    const { draft } = await asked(['daemon']);
    expect(fileOf(draft)).toBe('depth = 5\nwidth = 2\n');
    expect(performance.now() - began).toBeLessThan(8000);
  });

  test('notes of its own are left behind', async () => {
    const { draft } = await asked(['notes']);
    expect(decodeProgram(draft.text).files).toEqual({ 'tune.txt': 'depth = 5\nwidth = 2\n' });
  });

  const ENDLESS = ['silent', 'flood', 'stops'];
  test.each(isThorough ? ENDLESS : ENDLESS.slice(0, 2))(
    'one that never answers or never stops (%s) ends at its limits',
    async (act) => {
      const limits = { wallMs: 1500, memoryBytes: 2 ** 30, processes: 16 };
      const { draft, steps } = await asked([act], { limits });
      expect(draft.noCandidate).toMatch(/Still running after 1500 ms|output/);
      expect(steps.length).toBeLessThan(300);
    },
  );

  test('the end of the search ends it', async () => {
    const ending = new AbortController();
    setTimeout(() => ending.abort(new Error('over')), 500);
    await expect(asked(['silent'], {}, { signal: ending.signal })).rejects.toThrow('over');
    expect(readdirSync(join(top, 'work'))).toEqual([]);
  });

  test('it reaches nothing but its worktree, in which it finds a repository', async () => {
    const server = createServer((peer) => peer.end()).listen(0);
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const secret = join(top, 'secret');
    writeFileSync(secret, 'hunter2');
    process.env.PACELINE_TEST_AGENT_KEY = KEY;
    onTestFinished(() => void delete process.env.PACELINE_TEST_AGENT_KEY);
    const { draft } = await asked(['escape', `${port} ${secret}`]);
    const said = JSON.parse(/width = (.*)/.exec(fileOf(draft) ?? '')?.[1] ?? '');
    expect(said).toMatchObject({ secret: 'ENOENT', key: false, log: 'Parent' });
    expect(said.host).not.toBe('reached');
    expect(said.etc).toMatch(/^E/);
    expect(existsSync(join(top, 'escaped'))).toBe(false);
  });

  test('permissions are those of the rules, and of its worktree', async () => {
    const { draft, steps } = await asked(['outside'], { rules: { ...JAILED, execute: 'allow' } });
    expect(draft.hypothesis).toBe('no,no,yes');
    expect(steps.map((one) => one.says).slice(0, 3)).toEqual([
      expect.stringMatching(/^refused \(edit\) Edit: ".*\/etc\/passwd" lies outside its worktree$/),
      'refused (fetch) Look it up',
      'allowed (execute) Run the tests',
    ]);
  });

  test('what is no part of the protocol yet is nothing, and words are made fit for a terminal', async () => {
    const { draft, steps } = await asked(['odd']);
    expect(fileOf(draft)).toBe('depth = 7\nwidth = 2\n');
    expect(draft.hypothesis).not.toContain('\u001b');
    expect(JSON.stringify(steps)).not.toContain('\\u001b');
  });

  test.each([
    ['that is not logged in', ['login'], /It wants to log in \(Run \/login first\).*login: own/],
    ['of another version', ['version'], /It speaks version "99" of the protocol, and we 1/],
    [
      'whose program is not there',
      undefined,
      /"no-such-agent" could not be started \(ENOENT\): name/,
    ],
  ] as const)(
    'one %s pauses the study: no other proposal would fare better',
    async (_, words, says) => {
      const more = words === undefined ? { argv: ['no-such-agent'] } : {};
      await expect(asked(words ?? [], more)).rejects.toMatchObject({
        code: 'PROVIDER_DOWN',
        message: expect.stringMatching(says),
      });
    },
  );

  describe('and its model', () => {
    async function relayTo(behave: () => Behaviour): Promise<{ relay: Relay; keys: unknown[] }> {
      const keys: unknown[] = [];
      const server = await modelServer(({ headers }) => {
        keys.push(headers['x-api-key']);
        return behave();
      });
      onTestFinished(() => server.close());
      const relay = modelRelay({
        provider: 'anthropic',
        url: server.url,
        key: { name: 'OUR_KEY', value: KEY },
        priceOf: () => ({ input: 1, output: 1 }),
        leakIn: (one) => (one.includes('hunter2') ? 'a password' : undefined),
        maxOutputTokens: 100,
        calls: 3,
        timeoutMs: 5000,
        nowMs: () => 0,
      });
      return { relay, keys };
    }
    const better = (): Behaviour => ({
      text: 'depth = 8\nwidth = 2\n',
      usage: { input: 900, output: 30 },
    });

    test('it has the endpoint and not the key; what it takes is on the proposal', async () => {
      const { relay, keys } = await relayTo(better);
      const { draft } = await asked(['model', 'Improve it.'], { relay });
      expect(fileOf(draft)).toBe('depth = 8\nwidth = 2\n');
      expect(draft).toMatchObject({
        model: 'anthropic/m',
        spent: { requests: 1, tokens: 930, microUsd: 930 },
      });
      expect(keys).toEqual([KEY]);
    });

    test('what a secret scan finds does not leave, and no money is no candidate', async () => {
      const { relay, keys } = await relayTo(better);
      const leaking = await asked(['model', 'hunter2'], { relay });
      expect(leaking.draft.noCandidate).toMatch(
        /changed nothing.*holds what looks like a password/,
      );
      const poor: Purse = { pay: async () => ({ refused: { limit: 'tokens', cap: 9 } }) };
      const { draft } = await asked(['model', 'x'], { relay }, { purse: poor });
      expect(draft).toMatchObject({ noCandidateAs: 'over-budget', refused: { cap: 9 } });
      expect(keys).toEqual([]);
    });

    test('a provider in the way is no fault of the agent; a wrong key pauses the study', async () => {
      const down = await relayTo(() => ({ raw: '{}', status: 500 }));
      const { draft } = await asked(['model', 'x'], { relay: down.relay });
      expect(draft.noCandidateAs).toBe('infra-error');
      const again = await asked(['model', 'x'], { relay: down.relay });
      expect(again.draft.noCandidateAs, 'the second in a row').toBe('infra-error');
      await expect(asked(['model', 'x'], { relay: down.relay })).rejects.toThrow(
        /3 proposals in a/,
      );
      const wrong = await relayTo(() => ({ raw: '{"error":{"message":"bad key"}}', status: 401 }));
      await expect(asked(['model', 'x'], { relay: wrong.relay })).rejects.toMatchObject({
        code: 'PROVIDER_DOWN',
        message: expect.stringMatching(/bad key.*OUR_KEY/),
      });
    });
  });
});

test('a jail without a network of its own is refused, not replaced', async () => {
  const relay: Relay = {
    open: () => ({
      pass: () => Promise.reject(),
      close: async () => ({ spent: { requests: 0, tokens: 0, microUsd: 0 } }),
    }),
  };
  const weaker = namespacesSandbox({ scope: join(top, 'weaker') });
  onTestFinished(() => weaker.close());
  await expect(asked(['good'], { sandbox: weaker, relay })).rejects.toMatchObject({
    code: 'ISOLATION',
  });
});
