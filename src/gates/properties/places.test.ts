/** Which places of an input a property may speak of, and how each is named. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import { at, named, numbersIn, placesOf, replaced, where } from './places.ts';
import { quoted, shown } from './quoted.ts';

describe('places of inputs', () => {
  test.each<[string, readonly Json[], readonly (string | undefined)[]]>([
    ['one argument alone, for which the whole is the same', [[1], [2]], ['0']],
    [
      'the whole and each of a few arguments',
      [
        [1, 2],
        [3, 4],
      ],
      [undefined, '0', '1'],
    ],
    ['keys as well', [{ a: 1, b: 2 }], [undefined, 'a', 'b']],
    ['the whole alone where inputs differ in length', [[1, 2], [3]], [undefined]],
    ['the whole alone where only the first is the shorter', [[1], [2, 3]], [undefined]],
    ['the whole alone of numbers', [1, 2], [undefined]],
    ['the whole alone of nothing', [null], [undefined]],
    ['the whole alone of texts', ['ab'], [undefined]],
    ['six places', [[1, 2, 3, 4, 5, 6]], [undefined, '0', '1', '2', '3', '4', '5']],
    ['no places of more', [[1, 2, 3, 4, 5, 6, 7]], [undefined]],
    ['no places where keys are others each time', [{ a: 1 }, { b: 1 }], [undefined]],
  ])('are %s', (_name, inputs, places) => {
    expect(placesOf(inputs)).toEqual(places);
  });

  test('are read, and take another value in a copy', () => {
    const list = [[1, 2], 'a'];
    const record = { a: 1, b: 2 };
    expect([at(list, undefined), at(list, '0'), at(record, 'b')]).toEqual([list, [1, 2], 2]);
    expect([at(null, 'a'), at(5, '0'), at(record, 'c')]).toEqual([undefined, undefined, undefined]);
    expect(replaced(list, undefined, 7)).toBe(7);
    expect(replaced(list, '1', 7)).toEqual([[1, 2], 7]);
    expect(replaced(record, 'b', 7)).toEqual({ a: 1, b: 7 });
    expect([list, record]).toEqual([[[1, 2], 'a'], { a: 1, b: 2 }]);
  });

  test('are named as the configuration and as people name them', () => {
    expect([named('shift', undefined), named('shift', '0')]).toEqual(['shift:input', 'shift:0']);
    expect([undefined, '0', '12', 'size', 'x1', '1x'].map(where)).toEqual([
      'the input',
      'argument 1',
      'argument 13',
      'size of the input',
      'x1 of the input',
      '1x of the input',
    ]);
  });

  test('hold numbers where nothing else stands there', () => {
    expect([3, [1, 2], [], [1, 'a'], 'a', null, undefined].map(numbersIn)).toEqual([
      [3],
      [1, 2],
      [],
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test('a quotation is one line without what drives a screen, and not without end', () => {
  expect(quoted('  a\r\n\tb\u001b[31mc\u202ed\u2028e  ')).toBe('a b[31mcde');
  expect(quoted('x'.repeat(300))).toBe('x'.repeat(300));
  expect(quoted('x'.repeat(301))).toBe(`${'x'.repeat(300)} …`);
  expect(shown({ a: [1, '\u0007'] })).toBe('{"a":[1,"\\u0007"]}');
});
