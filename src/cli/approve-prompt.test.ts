import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askPerson } from './approve-prompt.ts';

/** A terminal at which somebody types each answer when its question is shown; `null` ends it. */
async function typed(...answers: readonly (string | null)[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 200 });
  const left = [...answers];
  let shown = '';
  output.on('data', (chunk: Buffer) => {
    shown += chunk;
    if (!/: (?:\u001b\[\d+G)?$/.test(shown) || left.length === 0) return;
    const answer = left.shift();
    shown = `${shown}\n`;
    setImmediate(() => {
      if (answer === null) input.end();
      else input.write(answer);
      if (answer === 'y') input.end();
    });
  });
  return { said: await askPerson(7, { input, output }), shown };
}

test.each([
  [['y\r', 'read the diff\r'], { decision: 'approve', reason: 'read the diff' }],
  [['YES\r', '  ran it \r'], { decision: 'approve', reason: 'ran it' }],
  [['n\r', 'reads the clock\r'], { decision: 'reject', reason: 'reads the clock' }],
  [['no\r', ' \r', '\r', 'too large\r'], { decision: 'reject', reason: 'too large' }],
])('%j decides', async (answers, due) => {
  const { said, shown } = await typed(...answers);
  expect(said).toEqual(due);
  expect(shown).toContain('Request 7: agree?');
});

test.each([
  ['nothing', ['\r']],
  ['something else', ['yes please\r']],
  ['a yes that is cut off', ['y']],
  ['Ctrl+D at the question', ['\u0004']],
  ['Ctrl+C at the question', ['\u0003']],
  ['a yes, and Ctrl+D in the place of a reason', ['y\r', '\u0004']],
  ['a yes, and Ctrl+C in the place of a reason', ['y\r', '\u0003']],
  ['a yes, and a terminal that goes away', ['y\r', null]],
] as const)('planted: %s decides nothing, and ends', async (_, answers) => {
  expect((await typed(...answers)).said).toBeUndefined();
});
