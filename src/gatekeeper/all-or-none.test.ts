import { expect, test } from 'vitest';
import { allOrNone } from './all-or-none.ts';

const never = new AbortController().signal;
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('at most so many at a time, in order', async () => {
  let [running, most] = [0, 0];
  const begun: number[] = [];
  const work = async (one: number) => {
    begun.push(one);
    most = Math.max(most, ++running);
    await turn();
    running--;
  };
  await allOrNone([1, 2, 3, 4], work, { atOnce: 2, signal: never });
  expect({ begun, most }).toEqual({ begun: [1, 2, 3, 4], most: 2 });
});

test('planted: the first failure ends those beside it and begins no other, and is told once all ended', async () => {
  const ended: string[] = [];
  const work = async (one: string, until: AbortSignal) => {
    if (one === 'bad') throw new Error('broken');
    await new Promise((resolve) => until.addEventListener('abort', resolve));
    await turn();
    ended.push(one);
  };
  const all = allOrNone(['beside', 'bad', 'later'], work, { atOnce: 2, signal: never });
  await expect(all).rejects.toThrow('broken');
  expect(ended).toEqual(['beside']);
});

test('an abort of the caller begins nothing and is its reason', async () => {
  const abort = new AbortController();
  abort.abort(new Error('stopped'));
  const begun: number[] = [];
  const work = async (one: number) => void begun.push(one);
  await expect(allOrNone([1], work, { atOnce: 1, signal: abort.signal })).rejects.toThrow(
    'stopped',
  );
  expect(begun).toEqual([]);
});
