import { expect, test } from 'vitest';
import { type Cards, cardsOf } from '../reporters/cards/cards.ts';
import { newCards } from '../reporters/cards/tally.ts';
import { scoreOf } from '../stats/forecast-score.ts';
import { cardLines } from './cards-text.ts';

const EMPTY = cardsOf(newCards());
const share = { value: 0.5, interval: [0.2, 0.8], n: 8 } as const;
const said = Array.from({ length: 20 }, (_, i) => {
  const chance = i < 10 ? 0.1 : 0.6;
  return { chance, rank: chance, better: i >= 10, gain: i };
});
const CARDS: Cards = {
  ...EMPTY,
  taste: { use: 'uniform', drafts: 1, explore: 1 },
  baseRate: share,
  execution: [
    {
      by: 'genetic\u001b[31m',
      trials: 9,
      valid: share,
      reliable: share,
      copies: 1,
      evals: 12,
      cpuMs: 3000,
      tasteMs: 900,
      tokens: 0,
      usd: 0,
    },
  ],
  ideation: [{ by: 'genetic', hits: share, bold: share, promoted: 2, taste: scoreOf(said) }],
  forecasters: [{ by: 'human:ann', kind: 'person', score: scoreOf(said) }],
};

test('every share has its interval and number, every forecaster its base rate', () => {
  const text = cardLines(CARDS).join('\n');
  expect(text).toContain('50 % [20, 80] of 8');
  expect(text).toContain('12 evaluations, 3 s CPU, 0.9 s of it choosing');
  expect(text).toContain('human:ann (person), base rate 50 % [29.9, 70.1] of 20');
  expect(text).toMatch(/area {8}1 \[0\.\d+, 1\]/);
  expect(text).toContain('said 50–75 %  mean 60 %, came true 100 % of 10');
  expect(text).not.toContain('\u001b');
});

test('with nothing tried or nothing expected it says so', () => {
  expect(cardLines(EMPTY)).toEqual([expect.stringMatching(/No trial has settled/)]);
  const { taste: _none, ...older } = CARDS;
  expect(cardLines(older).at(-1)).toMatch(/expects nothing of its proposals/);
  const few = scoreOf(said.slice(0, 12));
  const line = cardLines({ ...CARDS, forecasters: [{ by: 'a', kind: 'taste', score: few }] });
  expect(line.join('\n')).toContain('too few (2 of 12 better)');
});
