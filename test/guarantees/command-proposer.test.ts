/** Programs that propose badly: each ends as a trial without a candidate, and nothing of it is left. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sha256 } from '../../src/core/hash.ts';
import { publicRoot } from '../../src/core/rng.ts';
import { EMPTY_PURSE } from '../../src/core/spend.ts';
import { commandProposer } from '../../src/proposers/command.ts';
import type { AskRequest, Draft } from '../../src/proposers/contract.ts';
import { ownProgramSandbox } from '../../src/sandboxes/own-program.ts';
import { languageOf } from '../../src/source/language-of.ts';
import { decodeProgram, encodeProgram } from '../../src/source/program.ts';
import { sourceTask } from '../../src/tasks/source.ts';
import { assertGone } from '../../src/testing/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-proposer-'));
const sandbox = ownProgramSandbox({ scope: join(folder, 'proposer') });
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const text = encodeProgram({ files: { 'tune.txt': 'depth = 4\n' } });
const origin = { id: sha256(text), text };
const kind = sourceTask({ origin: decodeProgram(text).files, languageOf, limitBytes: 1000 });
const NEVER = new AbortController().signal;
const PIDS = join(folder, 'pids');

interface Asked {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly parallel?: number;
}

function proposing(script: string, { timeoutMs = 20_000, parallel = 1 }: Asked = {}) {
  return commandProposer({
    argv: ['sh', '-c', script],
    cwd: folder,
    environment: { ...(process.env as Record<string, string>), PIDS },
    sandbox,
    timeoutMs,
    isRepeatable: false,
    parallel,
    task: 'tune',
    metric: { name: 'loss', goal: 'min', unit: 'points' },
    inUnit: (oriented) => -oriented,
    origin,
    kind,
    read(candidate) {
      try {
        kind.materialise(candidate);
        return { key: sha256(candidate), size: kind.size(candidate) };
      } catch (error) {
        return { why: (error as Error).message };
      }
    },
  });
}

function requestOf(trial: number, signal: AbortSignal = NEVER): AskRequest {
  return {
    trial,
    rng: publicRoot('command').stream(trial, 'ask'),
    archive: { size: 0, best: () => undefined, pick: () => undefined },
    probe: { measure: () => Promise.reject(new Error('nothing is probed')) },
    fromOrigin: false,
    seen: () => false,
    purse: EMPTY_PURSE,
    signal,
  };
}

async function asked(script: string, options: Asked = {}): Promise<Draft> {
  const proposer = proposing(script, options);
  return proposer.ask(proposer.init(), requestOf(0, options.signal));
}

const pidsLeft = (): readonly number[] =>
  readFileSync(PIDS, 'utf8').trim().split(/\s+/).map(Number);

test('what it reads on standard input is the request, and what it prints is the candidate', async () => {
  const draft = await asked(`cat > request.json; printf '{"files":{"tune.txt":"depth = 5\\\\n"}}'`);
  expect(kind.toFiles(draft.text)).toEqual({ 'tune.txt': 'depth = 5\n' });
  expect(draft).toMatchObject({
    parents: [origin.id],
    operator: 'program',
    key: sha256(draft.text),
  });
  const request = JSON.parse(readFileSync(join(folder, 'request.json'), 'utf8'));
  const { seed, ...rest } = request;
  expect(seed).toEqual(expect.any(Number));
  expect(rest).toEqual({
    schema: 'paceline.propose/1',
    task: 'tune',
    metric: { name: 'loss', goal: 'min', unit: 'points' },
    trial: 0,
    fromOrigin: false,
    parent: { id: origin.id, files: { 'tune.txt': 'depth = 4\n' }, score: null },
    inspirations: [],
    feedback: [],
  });
});

const FLOOD = 'while :; do printf "%065536d" 0; done';

test.each<[string, string, RegExp]>([
  ['prints nothing', 'true', /gave no candidate\. It printed nothing on standard output\.$/],
  [
    'fails',
    'echo "{}"; echo "no key: set MODEL_KEY" >&2; exit 3',
    /Ended with exit code 3\. Its last line: "no key: set MODEL_KEY"\.$/,
  ],
  [
    'fails with control characters',
    String.raw`printf 'a\033]0;owned\007\033[2Jb\r\n' >&2; exit 1`,
    /Its last line: "a\ufffd\]0;owned\ufffd\ufffd\[2Jb"\.$/,
  ],
  ['is killed', 'kill -SEGV $$', /Ended by SIGSEGV\./],
  ['floods standard output', FLOOD, /The answer is longer than 16mb; the process was killed\.$/],
  [
    'floods standard error',
    `(${FLOOD}) >&2 & sleep 0.2; exit 4`,
    /exit code 4\. Its last line: "0+…?"\.$/,
  ],
  [
    'prints bytes that are no text',
    String.raw`printf '{"files":{"tune.txt":"\377"}}'`,
    /not UTF-8/,
  ],
  ['answers its parent', `printf '{"files":{"tune.txt":"depth = 4\\\\n"}}'`, /changes nothing/],
  [
    'answers too much',
    `printf '{"files":{"tune.txt":"%2000d"}}' 1`,
    /more than the 1000 of surface\.limit/,
  ],
  ['answers prose', 'echo Let me think.', /begins with "Let me think\."/],
])('planted: a program that %s', async (_, script, says) => {
  const draft = await asked(script);
  expect(draft.noCandidate).toMatch(says);
  expect(draft).toMatchObject({ text: '', size: 0, parents: [origin.id] });
});

test('planted: one that hangs is ended at its timeout, with all it started', async () => {
  const draft = await asked('sleep 600 & echo $$ $! > "$PIDS"; echo waiting >&2; wait', {
    timeoutMs: 500,
  });
  expect(draft.noCandidate).toMatch(/Still running after 500 ms; .* Its last line: "waiting"\.$/);
  await assertGone(pidsLeft());
});

test('planted: one that forks and exits leaves nothing behind', async () => {
  const daemon = 'setsid sh -c "echo \\$\\$ > $PIDS; exec sleep 600" </dev/null >/dev/null 2>&1 &';
  const wait = 'while ! [ -s "$PIDS" ]; do sleep 0.01; done';
  writeFileSync(PIDS, '');
  const draft = await asked(`${daemon} ${wait}; printf '{"files":{"tune.txt":"depth = 6"}}'`);
  expect(draft.noCandidate).toBeUndefined();
  await assertGone(pidsLeft());
});

test('when the search ends so does the program, and the ask rejects with the reason', async () => {
  const controller = new AbortController();
  writeFileSync(PIDS, '');
  const draft = asked('echo $$ > "$PIDS"; sleep 600', { signal: controller.signal });
  const reason = new Error('stopped');
  setTimeout(() => controller.abort(reason), 300);
  await expect(draft).rejects.toBe(reason);
  await assertGone(pidsLeft());
});

test('planted: one that is gone when it is its turn', async () => {
  const proposer = commandProposer({
    ...({} as Parameters<typeof commandProposer>[0]),
    argv: ['./gone.sh'],
    cwd: folder,
    environment: {},
    sandbox,
    timeoutMs: 1000,
    parallel: 1,
    isRepeatable: false,
    origin,
    kind,
    read: () => ({ key: 'a', size: 1 }),
  });
  const { noCandidate } = await proposer.ask(proposer.init(), requestOf(0));
  expect(noCandidate).toBe('The command gave no candidate. Could not be started (ENOENT).');
});

test.each([1, 3])('no more than %i run at a time', async (parallel) => {
  const script = `mkdir -p run; touch run/$$; ls run | wc -l; sleep 0.2; rm run/$$`;
  const proposer = proposing(script, { parallel });
  expect(proposer.traits.sequential).toBe(parallel === 1);
  const drafts = await Promise.all(
    [0, 1, 2, 3, 4, 5].map((trial) => proposer.ask(proposer.init(), requestOf(trial))),
  );
  const most = Math.max(
    ...drafts.map(({ noCandidate = '' }) => Number(/begins with "(\d+)"/.exec(noCandidate)?.[1])),
  );
  expect(most).toBeLessThanOrEqual(parallel);
  expect(most > 1).toBe(parallel > 1);
});

test('keys that it was told of are looked up before it is asked: later it would depend on others', async () => {
  const proposer = proposing('echo none');
  const rng = publicRoot('command').stream(0, 'ask');
  const told = { trial: 0, operator: 'program', text, key: 'k', gain: null, evals: 0, rng };
  const once = proposer.tell(proposer.init(), { ...told, outcome: 'scored', admitted: false });
  const state = proposer.tell(once, {
    ...told,
    text: '',
    key: 'none',
    outcome: 'invalid',
    admitted: false,
  });
  const looked: string[] = [];
  const seen = (key: string): boolean => looked.push(key) > 0;
  const draft = proposer.ask(state, { ...requestOf(1), seen });
  expect(looked).toEqual(['k']);
  await draft;
  expect(looked).toEqual(['k']);
});
