import { expect, test } from 'vitest';
import { lastLine } from './evidence.ts';

test.each([
  [
    'npm',
    'npm error Missing script: "nothing"\nnpm error\nnpm error To see a list of scripts, run:\nnpm error   npm run\nnpm error A complete log of this run can be found in: /tmp/x.log\n',
    'npm error Missing script: "nothing"',
  ],
  [
    'Node',
    'TypeError: x is not a function\n    at a.js:1:2\n\nNode.js v20.20.2\n',
    'TypeError: x is not a function',
  ],
  ['nothing but tails', 'npm error\n', 'npm error'],
  ['silence', '\n', ''],
])('of %s the line that says what went wrong', (_, text, line) => {
  expect(lastLine(text)).toBe(line);
});
