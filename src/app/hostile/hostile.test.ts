/** The parts of `demo hostile`: each breach planted, each bad case refused, each verdict. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PacelineError } from '../../core/errors.ts';
import { filled, type HostileCase, readCases } from './cases.ts';
import { judged, LEAKED, type Seen } from './judged.ts';
import { lossOf } from './run.ts';
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
const says = (afterwards: object): string =>
  JSON.stringify({ tries: 'reads', kind: 'containment', afterwards });

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
  [{ 'a/case.json': SAID }, /a has no candidate\.mjs: it is what is run/],
  [{ 'a\u001b[2J/case.json': SAID }, /named "a\\u001b\[2J", which cannot be printed/],
  [{ 'a/case.json': says({ absent: ['drop/x'] }) }, /absent\.0: begin with \/, \{\{HOST\}\}\//],
  [
    { 'a/case.json': says({ absent: ['{{HOST}}/{{HOTS}}'] }), 'a/candidate.mjs': '' },
    /names \{\{HOTS\}\}, which stands for nothing/,
  ],
  [{ 'a/case.json': SAID, 'a/candidate.mjs': '"{{HSOT}}"' }, /names \{\{HSOT\}\}/],
  [{ 'a/case.json': says({ loss: { atLeast: 2, atMost: 1 } }) }, /atLeast is above atMost/],
  [
    { 'a/case.json': SAID, 'a/candidate.mjs': `//${'x'.repeat(1024 * 1024)}` },
    /candidate\.mjs, which is larger than 1 MiB/,
  ],
])('cases that cannot be used are refused: %j', (files, says) => {
  expect(() => readCases(casesWith(files))).toThrow(says);
});

test.each([
  ['a link to nothing', (path: string) => symlinkSync('/nowhere/x', path)],
  ['a link to a folder', (path: string) => symlinkSync('/usr', path)],
  ['a pipe', (path: string) => execFileSync('mkfifo', [path])],
  [
    'a pipe by a link',
    (path: string) => {
      execFileSync('mkfifo', [`${path}.pipe`]);
      symlinkSync(`${path}.pipe`, path);
    },
  ],
])('%s is refused, and nothing waits for it', (_, make) => {
  for (const name of ['candidate.mjs', 'case.json']) {
    const root = casesWith({ 'a/case.json': SAID, 'a/candidate.mjs': '' });
    rmSync(join(root, 'a', name));
    make(join(root, 'a', name));
    const error = thrownBy(() => readCases(root));
    expect(error).toBeInstanceOf(PacelineError);
    expect((error as Error).message).toMatch(/a (matches|has no) "?(candidate\.mjs|case\.json)/);
  }
});

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

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

test('planted: what is removed is noticed', async () => {
  const gone = (name: string) => (trap: Trap) => rmSync(host(trap, name), { recursive: true });
  expect(await trapped(gone('secret.txt'))).toEqual(['changed a file of the host']);
  expect(await trapped(gone('drop'))).toEqual(['removed a folder of the host']);
  expect(await trapped(gone(''))).toEqual([
    'removed a folder of the host',
    'changed a file of the host',
  ]);
});

test('a path that is there before would say nothing', async () => {
  const there = { ...CASE, afterwards: { absent: ['{{HOST}}/secret.txt'] } };
  const place = { host: join(folder, `host-${made++}`), task: folder, token: 'token' };
  await expect(setTrap(there, place)).rejects.toThrow(/is there before anything was run/);
});

test('no mark is the beginning of another', async () => {
  const markOf = async (name: string): Promise<string> => {
    const place = { host: join(folder, `host-${made++}`), task: folder, token: 'token' };
    const trap = await setTrap({ ...CASE, name, files: {} }, place);
    await trap.close();
    return trap.values['MARK'] ?? '';
  };
  const [one, longer] = [await markOf('linger'), await markOf('linger-deaf')];
  expect(longer.startsWith(one)).toBe(false);
});

test('what leaked in one case of many has leaked, and none is judged by its first alone', () => {
  expect(lossOf([0.5, LEAKED, 0.5])).toBe(LEAKED);
  expect(lossOf([0.5, null, 0.1])).toBeCloseTo(0.3);
  expect(lossOf([null])).toBeUndefined();
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

test('one that ended itself is shown with its own words', () => {
  const broken = { outcome: 'crashed', loss: undefined, message: 'f is not a function' } as const;
  expect(verdictOf({}, broken)).toBe(
    'contained: the jail, and it ended itself (f is not a function)',
  );
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
