import { describe, expect, test } from 'vitest';
import { publicRoot } from '../../core/rng.ts';
import { languageOf } from '../language-of.ts';

const { variations } = languageOf('src/a.ts');

function childrenOf(text: string, spans = [{ start: 0, end: text.length }]): readonly string[] {
  const unroll = variations.find(({ name }) => name === 'unroll');
  const made = Array.from({ length: 60 }, (_, seed) =>
    unroll?.vary({ text, spans }, publicRoot(`unroll ${seed}`).stream(0, 'vary')),
  );
  return [...new Set(made.filter((child) => child !== undefined))];
}

/** What a function of a program gives for every length of list, in order, with all that it did to the list. */
function outcomes(program: string): unknown {
  const code = program.replace(/: (?:number\[\]|number)/g, '').replace(/ as number/g, '');
  const f = new Function(`${code}\nreturn f;`)() as (list: number[], n: number) => unknown;
  return Array.from({ length: 40 }, (_, n) => {
    const list = Array.from({ length: n }, (_, i) => ((i * 7) % 11) - 3);
    return [f(list, n), list];
  });
}

const inside = (loop: string): string =>
  `function f(list: number[], n: number) {\n  let sum = 0;\n  ${loop}\n  return sum;\n}\n`;

describe('what is written out does the same', () => {
  test.each([
    ['one statement', 'for (let i = 0; i < n; i++) sum = sum * 3 + (list[i] as number);'],
    ['by twos', 'for (let i = 0; i < n; i += 2) sum = sum * 3 + (list[i] as number);'],
    [
      'a bound that is reached',
      'for (let i = 0; i <= n - 1; i++) sum += i;\n  for (let i = 1; i <= n; i++) sum += i * sum;',
    ],
    ['a length', 'for (let i = 0; i < list.length; i++) sum -= i * list[i];'],
    [
      'each round reads the one before',
      'for (let i = 1; i < n; i++) {\n    list[i] = list[i - 1] + i;\n    sum += list[i];\n  }',
    ],
    [
      'a place ahead, an operand, an argument',
      'for (let i = 0; i + 1 < n; i++) sum += list[i + 1] * i - Math.abs(i);',
    ],
    [
      'names of its own',
      'for (let i = 0; i < n; i++) {\n    const twice = 2 * list[i];\n    sum += twice * i;\n  }',
    ],
    [
      'a loop inside',
      'for (let i = 0; i < 5; i++) {\n    for (let j = 0; j < n; j++) sum = sum * 2 - j + i;\n  }',
    ],
    [
      'a return in the middle',
      'for (let i = 0; i < n; i++) {\n    if (i === 13) return sum;\n    sum += i;\n  }',
    ],
  ])('%s', (_what, loop) => {
    const text = inside(loop);
    const children = childrenOf(text);
    expect(children.length).toBeGreaterThan(3);
    for (const child of children) {
      expect(outcomes(child), child).toEqual(outcomes(text));
      // Again, of what was written out already; what is left over stays.
      for (const grandchild of childrenOf(child)) {
        expect(outcomes(grandchild), grandchild).toEqual(outcomes(text));
      }
    }
  });
});

describe('planted: what could do something else is left alone', () => {
  test.each([
    [
      'it may leave early',
      'for (let i = 0; i < n; i++) {\n    if (i > 3) break;\n    sum += i;\n  }',
    ],
    [
      'a round may end early',
      'for (let i = 0; i < n; i++) {\n    if (i % 2) continue;\n    sum += i;\n  }',
    ],
    ['its counter is written', 'for (let i = 0; i < n; i++) {\n    sum += i;\n    i++;\n  }'],
    [
      'its bound is written',
      'for (let i = 0; i < n; i++) {\n    sum += i;\n    if (sum < 5) n--;\n  }',
    ],
    [
      'its list may grow',
      'for (let i = 0; i < list.length; i++) {\n    sum += i;\n    if (i < 3) list.push(1);\n  }',
    ],
    [
      'its list is another one',
      'for (let i = 0; i < list.length; i++) {\n    sum += i;\n    list = list.slice(1);\n  }',
    ],
    [
      'a function keeps the counter',
      'const kept = [];\n  for (let i = 0; i < n; i++) kept.push(() => i);',
    ],
    [
      'its name is declared again',
      'for (let i = 0; i < n; i++) {\n    sum += list[i];\n    for (let i = 0; i < 2; i += sum) sum++;\n  }',
    ],
    ['it counts down', 'for (let i = n; i > 0; i--) sum += i;'],
    ['its step is a variable', 'for (let i = 0; i < n; i += sum + 1) sum++;'],
    ['its bound is worked out anew', 'for (let i = 0; i < next(); i++) sum += i;'],
    ['an object is named after the counter', 'for (let i = 0; i < n; i++) use({ i });'],
    ['it has no rounds to write out', 'for (let i = 0; i < n; i++) {}'],
  ])('%s', (_what, loop) => {
    expect(childrenOf(inside(loop))).toEqual([]);
  });

  test('nothing outside the block', () => {
    const text = inside('for (let i = 0; i < n; i++) sum += i;');
    expect(childrenOf(text, [{ start: 0, end: 20 }])).toEqual([]);
  });
});
