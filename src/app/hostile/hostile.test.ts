/** The parts of `demo hostile`: each breach planted, each bad case refused, each verdict. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { filled, type HostileCase, readCases } from './cases.ts';
import { judged, LEAKED, type Seen } from './judged.ts';
import { setTrap, type Trap } from './traps.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-cases-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
function casesWith(files: Readonly<Record<string, string>>): string {
  const root = join(folder, `cases-${made++}`);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const SAID = '{"tries":"reads","kind":"containment"}';

test('a case is its folder: what it says, and its files', () => {
  const root = casesWith({ 'b/case.json': SAID, 'b/candidate.mjs': 'B', 'note.txt': 'no case' });
  expect(readCases(root)).toEqual([
    {
      name: 'b',
      tries: 'reads',
      kind: 'containment',
      afterwards: {},
      files: { 'candidate.mjs': 'B' },
    },
  ]);
});

test.each([
  [{ 'a/candidate.mjs': '' }, /a has no case\.json: say in it/],
  [{ 'a/case.json': '{' }, /a has a case\.json that is not JSON/],
  [{ 'a/case.json': '{"tries":"x","kind":"evil"}' }, /cannot be used: kind: /],
  [
    { 'a/case.json': '{"tries":"x","kind":"honest","gate":"8"}' },
    /gate: name a gate, for example C8/,
  ],
  [{ 'note.txt': '' }, /holds no case\. Make a folder for each/],
])('cases that cannot be used are refused: %j', (files, says) => {
  expect(() => readCases(casesWith(files))).toThrow(says);
});

test('words in braces stand for what is there, unknown ones for themselves', () => {
  expect(filled('{{HOST}}/x {{OTHER}} {{host}}', { HOST: '/h' })).toBe('/h/x {{OTHER}} {{host}}');
});

const CASE: HostileCase = {
  name: 'planted',
  tries: 'something',
  kind: 'containment',
  afterwards: { absent: ['{{HOST}}/secret.bak'] },
  files: { 'candidate.mjs': '{{PORT}}' },
};

async function trapped(breach: (trap: Trap) => Promise<void> | void): Promise<readonly string[]> {
  const place = { host: join(folder, `host-${made++}`), task: folder, token: `token${made}` };
  const trap = await setTrap(CASE, place);
  try {
    expect(trap.reached()).toEqual([]);
    await breach(trap);
    return trap.reached();
  } finally {
    await trap.close();
  }
}
const host = ({ values }: Trap, name: string): string => join(values['HOST'] ?? '', name);

test.each([
  ['drop/a', 'wrote a on the host'],
  ['secret.txt', 'changed a file of the host'],
  ['beside', 'wrote beside the drop folder of the host'],
])('planted: a write to %s is noticed', async (name, says) => {
  expect(await trapped((trap) => writeFileSync(host(trap, name), 'x'))).toEqual([says]);
});

test('planted: a path that must not be there, and a connection, are noticed', async () => {
  const reached = await trapped(async (trap) => {
    writeFileSync(host(trap, 'secret.bak'), '');
    const socket = connect(Number(trap.values['PORT']), '127.0.0.1');
    await once(socket, 'close');
  });
  expect(reached).toEqual([
    'wrote beside the drop folder of the host',
    expect.stringMatching(/^made .*secret\.bak$/),
    'reached a listener of the host',
  ]);
});

test('planted: a process that is left is noticed', async () => {
  let left: ReturnType<typeof spawn> | undefined;
  const reached = await trapped(async ({ values }) => {
    const argv = ['-e', 'setInterval(() => 0, 1000)', values['MARK'] ?? ''];
    left = spawn(process.execPath, argv, { stdio: 'ignore' });
    await once(left, 'spawn');
  });
  expect(reached).toEqual([`left process ${left?.pid} running`]);
  left?.kill('SIGKILL');
});

const SEEN: Seen = { outcome: 'scored', message: undefined, loss: 0.5, reached: [] };
const verdictOf = (one: Partial<HostileCase>, seen: Partial<Seen> | undefined): string => {
  const { verdict, by } = judged({ ...CASE, afterwards: {}, ...one }, seen && { ...SEEN, ...seen });
  return `${verdict}: ${by}`;
};

test('a verdict is of what was reached, and of the score', () => {
  expect(verdictOf({}, {})).toBe('contained: the jail: nothing was reached');
  expect(verdictOf({}, { outcome: 'timeout', loss: undefined })).toBe('contained: the time limit');
  expect(verdictOf({}, { reached: ['wrote x'] })).toBe('missed: wrote x');
  expect(verdictOf({}, { loss: LEAKED })).toBe('missed: an output held the secret of the host');
  expect(verdictOf({}, { loss: 0 })).toMatch(/^missed: reached a loss of 0\.00/);
  expect(verdictOf({}, undefined)).toMatch(/^missed: it was never tried/);
  expect(verdictOf({}, { outcome: 'infra-error', loss: undefined })).toMatch(/^missed: nothing/);
});

test('a verdict keeps to what the case says must be true', () => {
  const afterwards = { outcome: ['timeout' as const], loss: { atLeast: 0.3, atMost: 1 } };
  expect(verdictOf({ afterwards }, { outcome: 'timeout', loss: undefined })).toMatch(/^contained/);
  expect(verdictOf({ afterwards }, {})).toBe('missed: ended loss 0.500');
  const bounded = { loss: { atLeast: 0.3, atMost: 1 } };
  expect(verdictOf({ afterwards: bounded }, { loss: 0.2 })).toMatch(/^missed/);
  expect(verdictOf({ afterwards: bounded }, { loss: 2 })).toBe('missed: its loss is 2.00');
});

test('what only behaves needs a gate, and what is honest has to score', () => {
  expect(verdictOf({ kind: 'behavioural', gate: 'C8' }, {})).toBe('needs a gate: needs gate C8');
  expect(verdictOf({ kind: 'behavioural' }, { reached: ['wrote x'] })).toBe('missed: wrote x');
  expect(verdictOf({ kind: 'honest' }, {})).toBe('passed: loss 0.500');
  const crashed = { outcome: 'crashed', loss: undefined, message: 'no' } as const;
  expect(verdictOf({ kind: 'honest' }, crashed)).toBe('wronged: ended crashed: no');
});
