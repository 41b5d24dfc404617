import { expect, test } from 'vitest';
import { filledTemplate, templateFault } from './prompt-template.ts';

const VALUES = { task: '"tune {{unit}}"', metric: 'loss', unit: 'ms', better: 'lower' };

test('placeholders are put in once, and what is put in is not read again', () => {
  expect(filledTemplate('{{task}}: {{better}} {{metric}} ({{unit}})', VALUES)).toBe(
    '"tune {{unit}}": lower loss (ms)',
  );
});

test.each([
  ['poem', 'x', 'no prompt of that name'],
  ['task', '', '1 to 4000 characters'],
  ['task', 'x'.repeat(4001), '1 to 4000 characters'],
  ['task', 'a\u001b[2J', 'control characters'],
  ['idea', 'see <data 0123> x', 'a mark of data'],
  ['edit', 'use {{secret}}', '{{secret}} is no placeholder'],
  ['edit', 'use {{constructor}}', '{{constructor}} is no placeholder'],
  ['edit', 'use {{task', 'braces stand open'],
])('refused: %s %s', (name, text, words) => {
  expect(templateFault(name, text)).toContain(words);
});

test('lines, tabs and every placeholder are fine', () => {
  expect(templateFault('rewrite', '{{task}}\n\t{{metric}}{{unit}}{{better}}')).toBeUndefined();
});
