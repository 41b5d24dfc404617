import { type ChildProcess, spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { Line } from './client.ts';

const introduction = {
  id: 'study-000000',
  root: '/nowhere',
  config: {},
  origin: { id: 'sha256:00', text: '' },
  evaluator: 'sha256:00',
};

/** Processes that run `script`, each knowing the how manieth it is. */
function lineTo(script: string, mostEndMs?: number) {
  const started: ChildProcess[] = [];
  const start = (): ChildProcess => {
    const env = { PATH: process.env['PATH'] ?? '', NTH: String(started.length + 1) };
    const stdio = ['ignore', 'ignore', 'pipe', 'ipc'] as const;
    const child = spawn(process.execPath, ['-e', script], { env, stdio: [...stdio] });
    started.push(child);
    return child;
  };
  const line = new Line({ start, introduction, ...(mostEndMs ? { mostEndMs } : {}) });
  onTestFinished(() => {
    line.close();
    for (const child of started) child.kill('SIGKILL');
  });
  return { line, started };
}

const ANSWERS = `process.on('message', (m) => m.number && process.send({ number: m.number, answer: { to: m.ask, nth: Number(process.env.NTH) } }))`;

test('a question is answered, an error is thrown as what it was', async () => {
  const { line } = lineTo(ANSWERS);
  expect(await line.ask({ ask: 'rating' })).toEqual({ to: 'rating', nth: 1 });
  const fails = lineTo(
    `process.on('message', (m) => m.number && process.send({ number: m.number, error: { code: 'GATE_STORE', message: 'It is gone.', data: { path: '/x' } } }))`,
  );
  await expect(fails.line.ask({ ask: 'rating' })).rejects.toMatchObject({
    code: 'GATE_STORE',
    message: 'It is gone.',
    data: { path: '/x' },
  });
});

test('a gatekeeper that dies over a question is started again, introduced again and asked anew', async () => {
  const { line, started } = lineTo(
    `let id; process.on('message', (m) => {
      if (m.introduce) { id = m.introduce.id; return; }
      if (process.env.NTH === '1') process.kill(process.pid, 'SIGKILL');
      process.send({ number: m.number, answer: id });
    })`,
  );
  expect(await line.ask({ ask: 'rating' })).toBe('study-000000');
  expect(started).toHaveLength(2);
});

test('one that dies twice over the same question has given no verdict', async () => {
  const { line, started } = lineTo(
    `process.on('message', (m) => { if (m.number) { console.error('out of luck'); process.exit(3); } })`,
  );
  await expect(line.ask({ ask: 'rating' })).rejects.toMatchObject({
    code: 'GATE_DOWN',
    message: expect.stringMatching(/nothing is promoted.*out of luck/s),
  });
  expect(started).toHaveLength(2);
});

test('a process that cannot be started at all is said, not waited for', async () => {
  const start = () =>
    spawn('/nowhere/node', [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] }) as ChildProcess;
  const line = new Line({ start, introduction });
  onTestFinished(() => line.close());
  await expect(line.ask({ ask: 'rating' })).rejects.toMatchObject({ code: 'GATE_DOWN' });
});

test('an abort ends the question here and is told there', async () => {
  const { line } = lineTo(
    `const held = []; process.on('message', (m) => {
      if (m.cancel !== undefined) held.push(m.cancel);
      else if (m.ask === 'reveal') process.send({ number: m.number, answer: held });
    })`,
  );
  const abort = new AbortController();
  const asked = line.ask({ ask: 'rating' }, abort.signal);
  abort.abort(new Error('enough'));
  await expect(asked).rejects.toThrow('enough');
  expect(await line.ask({ ask: 'reveal' })).toEqual([1]);
});

test('the process ends with its line, and a closed line asks nothing', async () => {
  const { line, started } = lineTo(`${ANSWERS}; process.once('disconnect', () => process.exit())`);
  await line.ask({ ask: 'rating' });
  const ended = new Promise((resolve) => started[0]?.once('exit', resolve));
  line.close();
  await ended;
  await expect(line.ask({ ask: 'rating' })).rejects.toThrow(/closed/);
});

test('planted: closed is who has ended, however long that takes, and who does not end is ended', async () => {
  const slow = lineTo(
    `${ANSWERS}; process.once('disconnect', () => setTimeout(() => process.exit(7), 200))`,
  );
  await slow.line.ask({ ask: 'rating' });
  await slow.line.close();
  expect(slow.started[0]?.exitCode).toBe(7);
  const deaf = lineTo(`${ANSWERS}; setInterval(() => undefined, 1000)`, 200);
  await deaf.line.ask({ ask: 'rating' });
  await deaf.line.close();
  expect(deaf.started[0]?.signalCode).toBe('SIGKILL');
});
