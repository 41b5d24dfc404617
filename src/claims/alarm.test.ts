import { expect, test } from 'vitest';
import { alarmWords } from './alarm.ts';

test.each([
  [
    { confirms: 3, accepted: 1 },
    'the A/A arm was accepted: something in the evaluator breaks exchangeability (1 of 3 confirms of the unchanged origin)',
  ],
  [
    { confirms: 3, accepted: 0 },
    'the A/A arm raised no alarm: none of 3 confirms of the unchanged origin was accepted',
  ],
  [
    { confirms: 0, accepted: 0 },
    'the A/A arm raised no alarm: no copy of the origin got as far as a confirm',
  ],
])('%o', (challenges, words) => {
  expect(alarmWords(challenges)).toBe(words);
});
