/** What a person is told of checks that do not answer, and what becomes of their process. */
import { describe, expect, test } from 'vitest';
import type { Heard } from '../../sandboxes/contract.ts';
import { ended, scriptedChecks } from '../../testing/scripted-checks.ts';
import { ChecksTalk } from './talk.ts';

const { signal: never } = new AbortController();
const QUESTION = { do: 'hold', about: 'the property sorted', name: 'sorted' };

function talking(instead: (question: object) => Heard | undefined) {
  const scripted = scriptedChecks({ instead });
  return { ...scripted, talk: new ChecksTalk(scripted.talk) };
}

const MEND = 'Mend them and run paceline checks; until then nothing is promoted on them.';

describe('a question', () => {
  test('gets its answer from one process, which is not told what sentences say of it', async () => {
    const { talk, asked, talks } = talking(() => ({ answer: { tried: 3 } }));
    expect(await talk.ask(QUESTION, never)).toEqual({ tried: 3 });
    expect(await talk.ask(QUESTION, never)).toEqual({ tried: 3 });
    expect(asked).toEqual(Array(2).fill({ do: 'hold', name: 'sorted' }));
    expect(talks).toEqual({ begun: 1, closed: 0 });
    await talk.close();
    expect(talks.closed).toBe(1);
  });

  test.each<[string, Heard, string]>([
    [
      'a fault',
      { fault: 'no frame' },
      `The checks checks.mjs cannot be used: the property sorted broke the conversation: no frame. ${MEND}`,
    ],
    [
      'a time-out',
      ended({ ended: 'timeout', evidence: 'x' }),
      `The checks checks.mjs cannot be used: the property sorted gave no answer within 2000 ms. ${MEND}`,
    ],
    [
      'an exit, with the last that it printed and no trace of a stack',
      ended({ evidence: 'one\n\nError: two\u0007\n    at file.mjs:1\n  ' }),
      `The checks checks.mjs cannot be used: the property sorted ended its process. Ended with exit code 0. Error: two. ${MEND}`,
    ],
    [
      'an error',
      { answer: { threw: 'oh' } },
      `The checks checks.mjs cannot be used: the property sorted threw: oh. ${MEND}`,
    ],
    [
      'a changed realm',
      { answer: { tried: 1, spoiled: 'Array.prototype' } },
      `The checks checks.mjs cannot be used: the property sorted changed Array.prototype, on which everything after it would stand. ${MEND}`,
    ],
  ])(
    'answered by %s is refused as what it is, and its process is ended',
    async (_name, heard, message) => {
      const { talk, talks } = talking(() => heard);
      await expect(talk.ask(QUESTION, never)).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
        message,
        data: { module: 'checks.mjs', about: 'the property sorted' },
      });
      expect(talks).toEqual({ begun: 1, closed: 1 });
      await expect(talk.ask(QUESTION, never)).rejects.toThrow();
      expect(talks.begun).toBe(2);
    },
  );

  test.each<[string, Heard, string]>([
    ['refused', ended({ ended: 'refused', code: 'EAGAIN', evidence: '' }), 'EAGAIN'],
    ['aborted', ended({ ended: 'aborted', evidence: 'lost\n' }), 'aborted lost'],
  ])('of a process that was %s is nobody’s fault', async (_name, heard, inside) => {
    await expect(talking(() => heard).talk.ask(QUESTION, never)).rejects.toMatchObject({
      code: 'INFRASTRUCTURE',
      message: `The process of the checks checks.mjs could not be kept running (${inside}). Nothing was decided; try again.`,
    });
  });

  test('that needs outputs half-way gets them, as often as it asks', async () => {
    let needs = 0;
    const { talk, asked } = talking(() => ({
      answer: needs++ < 2 ? { need: [needs], isReferenced: needs === 2 } : { smallest: 1 },
    }));
    const brought: unknown[] = [];
    const told = await talk.ask(QUESTION, never, async (inputs, isReferenced) => {
      brought.push([inputs, isReferenced]);
      return { outputs: [{ output: needs }] };
    });
    expect(told).toEqual({ smallest: 1 });
    expect(brought).toEqual([
      [[1], false],
      [[2], true],
    ]);
    expect(asked.slice(1)).toEqual([{ outputs: [{ output: 1 }] }, { outputs: [{ output: 2 }] }]);
  });

  test('nobody waits for any more is not begun, and one that is given up ends the process', async () => {
    const { talk, talks, asked } = talking(() => ({ answer: {} }));
    await expect(talk.ask(QUESTION, AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
    expect([talks.begun, asked.length]).toEqual([0, 0]);
    const stop = new AbortController();
    const stopped = talking(() => {
      stop.abort(new Error('given up'));
      return ended({ ended: 'aborted' });
    });
    await expect(stopped.talk.ask(QUESTION, stop.signal)).rejects.toThrow('given up');
    expect(stopped.talks.closed).toBeGreaterThan(0);
  });
});
