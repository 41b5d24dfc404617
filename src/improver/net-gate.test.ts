/** A net is kept on evidence alone, and its mechanism says what an ablation can contradict. */
import { expect, test } from 'vitest';
import { decideNet, netMechanism } from './net-gate.ts';

const tasks = (count: number, candidates: number): readonly number[] =>
  Array.from({ length: count }, () => candidates);

test('kept where tasks are solved sooner, more than chance would have it', () => {
  const found = decideNet(tasks(12, 1_000), tasks(12, 500));
  expect(found).toMatchObject({ isKept: true, n: 12, wins: 12, losses: 0 });
  expect(found.gain).toBeCloseTo(Math.log(2), 10);
  expect(found.words).toMatch(/^kept: fewer candidates on 12 tasks, more on 0, of 12/);
  expect(netMechanism(found)).toMatchObject({
    without: ['slot:net'],
    sign: 'worse',
    size: found.gain,
  });
});

test.each<[string, readonly number[], readonly number[]]>([
  ['nothing differs', tasks(40, 1_000), tasks(40, 1_000)],
  ['it hurts', tasks(40, 500), tasks(40, 1_000)],
  ['five pairs could be luck', tasks(5, 1_000), tasks(5, 10)],
  [
    'it wins as often as it loses, and more where it wins',
    [...tasks(10, 1_000), ...tasks(10, 100)],
    [...tasks(10, 10), ...tasks(10, 200)],
  ],
  [
    'it wins often by little and loses a few by much',
    [...tasks(30, 1_000), ...tasks(5, 10)],
    [...tasks(30, 999), ...tasks(5, 1_000)],
  ],
  ['no task judges', [], []],
])('left out where %s', (_, without, withIt) => {
  const found = decideNet(without, withIt);
  expect(found.isKept).toBe(false);
  expect(found.words).toMatch(/^left out/);
  expect(netMechanism(found)).toBeUndefined();
});

test('a gain too small to be told from noise predicts no sign', () => {
  const found = decideNet(tasks(40, 1_000), tasks(40, 980));
  expect(found.isKept).toBe(true);
  expect(netMechanism(found)?.sign).toBe('same');
});
