/** `paceline mcp` as clients start it and reach it: the official client, over a real pipe and real HTTP. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { stateFolder, studyFolder } from '../../src/app/study-files.ts';
import { cli, ending, MAIN, startCli } from '../cli/fixtures/cli.ts';
import { entriesOf, FILE, OTHER, PLANTED, plantStudy } from './planted-study.ts';

const root = mkdtempSync(join(tmpdir(), 'paceline-mcp-'));
const outside = mkdtempSync(join(tmpdir(), 'paceline-mcp-outside-'));
afterAll(() => {
  for (const folder of [root, outside]) rmSync(folder, { recursive: true });
});

let id = '';
let closed = '';
beforeAll(async () => {
  id = await plantStudy(root);
  closed = await plantStudy(root, { id: 'planted-ffffff', isClosed: true });
  const elsewhere = await plantStudy(outside, { id: 'elsewhere-0a1b2c' });
  symlinkSync(studyFolder(outside, elsewhere), studyFolder(root, elsewhere));
});

async function overStdio(): Promise<Client> {
  const client = new Client({ name: 'a client', version: '1' });
  const args = [MAIN, 'mcp', root];
  await client.connect(new StdioClientTransport({ command: process.execPath, args }));
  onTestFinished(() => client.close());
  return client;
}

interface Served {
  readonly url: string;
  readonly token: string;
}

async function served(): Promise<Served> {
  const child = startCli(root, 'mcp', '--http', '0', '--json');
  const ended = ending(child);
  onTestFinished(async () => {
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });
  const line = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (chunk) => resolve(String(chunk))),
  );
  return JSON.parse(line) as Served;
}

async function overHttp(): Promise<Client> {
  const { url, token } = await served();
  const client = new Client({ name: 'a client', version: '1' });
  const headers = { authorization: `Bearer ${token}` };
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
  await client.connect(transport as never);
  onTestFinished(() => client.close());
  return client;
}

async function textOf(client: Client, name: string, args: object): Promise<string> {
  const { content } = await client.callTool({ name, arguments: args as Record<string, unknown> });
  return (content as readonly { text: string }[]).map(({ text }) => text).join('\n');
}

test.each([
  ['stdio', overStdio],
  ['Streamable HTTP', overHttp],
])('over %s a client reads, proposes and asks what became of it', async (_name, connect) => {
  const client = await connect();
  const { tools } = await client.listTools();
  expect(tools).toHaveLength(8);
  expect(client.getInstructions()).toMatch(/You can propose and nothing else/);
  const { studies } = JSON.parse(await textOf(client, 'list_studies', {}));
  expect(studies.map(({ study }: { study: string }) => study)).toEqual([id, closed]);
  const found = JSON.parse(await textOf(client, 'read_incumbent', { study: id }));
  const files = { [OTHER]: `export const other = ${JSON.stringify(_name)};\n` };
  const idea = { hypothesis: 'another', predicted: 0.1 };
  const { proposal, state } = JSON.parse(
    await textOf(client, 'submit_proposal', {
      study: id,
      files,
      incumbent: found.incumbent,
      ...idea,
    }),
  );
  expect(state).toBe('for-resume');
  expect(await textOf(client, 'proposal_status', { study: id, proposal })).toMatch(/"waiting"/);
  const letter = readFileSync(join(studyFolder(root, id), 'steer', `${proposal}.json`), 'utf8');
  expect(JSON.parse(letter).by).toBe('mcp:a client');
  rmSync(join(studyFolder(root, id), 'steer', `${proposal}.json`));
});

const LARGE = 'x'.repeat(10 * 1024 * 1024);
const NAMES = [
  '..',
  '../../..',
  '/etc/passwd',
  '.',
  '',
  '__proto__',
  'constructor',
  'elsewhere-0a1b2c',
  `../studies/planted-0a1b2c`,
  `planted-0a1b2c/../planted-0a1b2c`,
  'planted-0a1b2c\0',
  '../gate/planted-0a1b2c',
  LARGE,
];
const PATHS = ['__proto__', 'constructor', '../../gate/x', '/etc/passwd', 'evaluator/evaluate.ts'];

/** Everything a client could try with a tool: whatever it is, it may not work. */
const hostileArgs = (tool: string): readonly object[] => {
  const idea = { hypothesis: 'x', predicted: 1 };
  const proposing = { study: id, ...idea };
  const largeProposals = [
    { ...proposing, files: { [FILE]: LARGE } },
    { ...proposing, patch: LARGE },
    { ...proposing, hypothesis: LARGE, files: { [FILE]: 'export const a = 1;' } },
  ];
  return [
    ...NAMES.map((study) => ({ study })),
    ...NAMES.filter((name) => name !== LARGE).map((study) => ({
      study,
      ...idea,
      files: { [FILE]: 'export const a = 1;' },
    })),
    ...PATHS.map((path) => ({ ...proposing, files: JSON.parse(`{"${path}": "x"}`) })),
    ...PATHS.map((path) => ({
      ...proposing,
      patch: `--- a/${path}\n+++ b/${path}\n@@ -0,0 +1 @@\n+x\n`,
    })),
    ...(tool === 'submit_proposal' ? largeProposals : []),
    ...PATHS.map((file) => ({ study: id, file })),
    ...PATHS.map((proposal) => ({ study: id, proposal })),
    { study: id, approve: true, budget: { trials: 1e9 }, gate: 'pass', holdout: true },
    { study: id, said: { kind: 'budget', value: { trials: 1e9 } } },
    { ...proposing, files: { [FILE]: 'x' }, said: { kind: 'veto' } },
    JSON.parse('{"__proto__": {"isAdmin": true}, "study": {"toString": 1}}'),
    { study: [id] },
    { study: null },
    ...[id, closed].flatMap((study) => [{ study }, { study, last: 200 }, { study, last: 1e9 }]),
  ];
};

/** Every byte that lies with the studies, but for what waits in the queue. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const state = stateFolder(root);
  for (const name of readdirSync(state, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/-(wal|shm)$|\/steer(\/|$)/.test(name)) continue;
    const path = join(state, name);
    try {
      hash.update(`${name}\n`).update(readFileSync(path));
    } catch {
      hash.update(`${name}/\n`);
    }
  }
  return hash.digest('hex');
}

test('whatever is asked of any tool, nothing sealed is told, and the ledgers stay as they are', {
  timeout: 120_000,
}, async () => {
  const client = await overStdio();
  const before = {
    bytes: fingerprint(),
    open: await entriesOf(root, id),
    closed: await entriesOf(root, closed),
  };
  // What must not be told is there to be told.
  const lying = JSON.stringify([before.open, before.closed]);
  for (const planted of Object.values(PLANTED)) expect(lying).toContain(planted);
  const { tools } = await client.listTools();
  const answers: string[] = [];
  for (const { name } of tools) {
    for (const args of hostileArgs(name)) {
      answers.push(await textOf(client, name, args).catch((error: Error) => error.message));
    }
  }
  expect(answers.length).toBeGreaterThan(tools.length * NAMES.length);
  expect(Math.max(...answers.map((text) => Buffer.byteLength(text)))).toBeLessThanOrEqual(
    64 * 1024,
  );
  const all = answers.join('\n');
  // Both studies were read: their evidence is in the answers, and nothing that was planted is.
  expect(all.match(/"claim":/g)?.length).toBeGreaterThan(1);
  for (const planted of Object.values(PLANTED)) expect(all).not.toContain(planted);
  for (const word of ['root:x:0', 'elsewhere-0a1b2c"', 'isAdmin', 'at Object.', 'node:internal']) {
    expect(all).not.toContain(word);
  }
  expect({
    bytes: fingerprint(),
    open: await entriesOf(root, id),
    closed: await entriesOf(root, closed),
  }).toEqual(before);
  // What is in the queue is candidates, of editable files, and nothing else.
  const queue = join(studyFolder(root, id), 'steer');
  mkdirSync(queue, { recursive: true });
  for (const name of readdirSync(queue)) {
    const { said, by } = JSON.parse(readFileSync(join(queue, name), 'utf8'));
    expect([said.kind, by]).toEqual(['candidate', 'mcp:a client']);
    expect(Object.keys(JSON.parse(said.value.text).files).sort()).toEqual([OTHER, FILE].sort());
  }
  for (const name of ['approve', 'promote', 'set_budget', 'read_holdout', '__proto__']) {
    await expect(client.callTool({ name, arguments: { study: id } })).rejects.toThrow(/no tool/);
  }
  const misfit = await client.callTool({ name: 'read_evidence', arguments: { last: -1 } });
  expect(JSON.stringify(misfit.content)).toMatch(
    /do not fit its schema\. study: .+; last: Too small/,
  );
  expect(tools.map(({ name }) => name).join()).not.toMatch(
    /approv|promot|gate|budget|seal|hold|veto/,
  );
});

const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-03-26',
    capabilities: {},
    clientInfo: { name: 'raw', version: '1' },
  },
});

interface Raw {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly path?: string;
  readonly method?: string;
}

function raw(
  { url, token }: Served,
  { headers = {}, body = INITIALIZE, path, method = 'POST' }: Raw,
) {
  const asked = new URL(path ?? '/mcp', url);
  return new Promise<{ status: number; text: string; session: string }>((resolve, reject) => {
    const sent = request(asked, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      const session = String(response.headers['mcp-session-id']);
      response.on('close', () => resolve({ status: response.statusCode ?? 0, text, session }));
    });
    sent.end(method === 'POST' ? body : undefined);
  });
}

test('over HTTP: no token, another host or origin, another path, a session that ended, no JSON', async () => {
  const server = await served();
  const statusOf = async (one: Raw): Promise<number> => (await raw(server, one)).status;
  expect(await statusOf({})).toBe(200);
  expect(await statusOf({ headers: { authorization: 'Bearer wrong' } })).toBe(401);
  expect(await statusOf({ headers: { host: 'evil.example' } })).toBe(403);
  expect(await statusOf({ headers: { origin: 'https://evil.example' } })).toBe(403);
  expect(await statusOf({ path: '/' })).toBe(404);
  expect(await statusOf({ headers: { 'mcp-session-id': 'another' } })).toBe(404);
  expect(await statusOf({ body: '{"jsonrpc":' })).toBe(400);
  expect(await statusOf({ method: 'GET', path: '/.paceline/gate/planted-0a1b2c' })).toBe(404);
  const list = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/list' });
  expect(await statusOf({ body: list })).toBe(400);
  await expect(raw(server, { body: LARGE })).resolves.toMatchObject({ status: 413 });
  const { session } = await raw(server, {});
  expect(await statusOf({ body: list, headers: { 'mcp-session-id': session } })).toBe(200);
  for (let i = 0; i < 16; i += 1) await raw(server, {});
  expect(await statusOf({ body: list, headers: { 'mcp-session-id': session } })).toBe(404);
});

test('what it will not listen on is refused with a sentence', async () => {
  const open = await cli(root, 'mcp', '--http', '0', '--host', '0.0.0.0');
  expect([open.code, open.stdout]).toEqual([2, '']);
  expect(open.stderr).toMatch(/listens on loopback alone, so not on 0\.0\.0\.0/);
  expect((await cli(root, 'mcp', '--http', '99999')).stderr).toMatch(/a port up to 65535/);
  expect((await cli(root, 'mcp', 'nowhere')).stderr).toMatch(/There is no folder .*nowhere/);
  const { url } = await served();
  const taken = await cli(root, 'mcp', '--http', new URL(url).port);
  expect([taken.code, taken.stderr]).toEqual([73, expect.stringMatching(/Nothing can listen/)]);
});

test('a client that goes takes the server with it', async () => {
  const child = startCli(root, 'mcp');
  const ended = ending(child);
  child.stdin?.end();
  expect(await ended).toMatchObject({ code: 0, stdout: '', stderr: '' });
});
