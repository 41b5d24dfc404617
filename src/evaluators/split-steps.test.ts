/** Steps that a split evaluator counts. */
import { afterAll, expect, test } from 'vitest';
import { measure, said, splitBench } from '../testing/split-bench.ts';

const { evaluatorOf, close } = splitBench();
afterAll(close);

const GOOD = 'export const f = (x: number, k: number): number => x * k;';
test('planted: what a case remembers of another saves steps, which a judge may count', async () => {
  const text = `let known: number | undefined;
const slow = (k: number) => { let s = 0; for (let i = 0; i < 50; i++) s += k; return s; };
export const f = (x: number, k: number) => x * (known ??= slow(k));`;
  expect(said(await measure(evaluatorOf({ steps: 1000 }), text))[0]).toMatch(
    /another number of steps/,
  );
  expect(said(await measure(evaluatorOf(), text))).toEqual([294, 392, 490]);
});

test('steps are counted the same in every place of a call, and told to the judge', async () => {
  const judge = `export const ask = ({ seed }) => ({ x: seed, k: 0 });
export const score = ({ steps }) => ({ loss: steps });`;
  const evaluator = evaluatorOf({ judge, steps: 1000 });
  const text = `const g = (n: number) => n;
function warmed() { for (let i = 0; i < 50; i++) g(i); return 1; }
const one = warmed();
export const f = (x: number) => { let s = one; for (let i = 0; i < x; i++) s += g(i); return s; };`;
  // The call of f, then x times the loop's body and g; what ran while the module loaded is not counted.
  expect(said(await measure(evaluator, text, [3, 4, 5]))).toEqual([7, 9, 11]);
  expect(said(await measure(evaluator, text, [5]))).toEqual([11]);
});

test('planted: a loop without end is over budget at once, caught or not', async () => {
  const evaluator = evaluatorOf({ steps: 1000 });
  const over = ['over-budget: Took more than 1000 steps.'];
  expect(said(await measure(evaluator, 'export const f = () => { for (;;); };', [1]))).toEqual(
    over,
  );
  const caught = `export const f = (x, k) => {
  try { for (let i = 0; i < 2000; i++) if (i > 5000) break; } catch {}
  return x * k;
};`;
  expect(said(await measure(evaluator, caught, [1]))).toEqual(over);
  expect(said(await measure(evaluator, GOOD, [1]))).toEqual([0]);
});

/** Every construct that counts, and some that look like one. */
const CONSTRUCTS = `const g = (x) => ({ a: x });
const h = (x) => (y) => x + y;
class A {
  #x = 1;
  get y() { return this.#x; }
  static z = ((a) => a)(3);
  *each() { for (const t of [1, 2]) yield t; }
}
export const f = async (n) => {
  let l = 0;
  for (let i = 0; i < n; i++) l++;
  for (let i = 0; i < n; i++) for (const k in { a: 1, b: 2 }) l += k.length;
  let m = n;
  while (m-- > 0) if (m % 2) continue; else l += h(1)(2);
  do l++; while (l < 0);
  for (const t of new A().each()) l += g(t).a;
  label: for (;;) { if (l > 0) break label; }
  return [1, 2, , 3].map((q) => q * 2).length + l + new A().y + A.z + (await (async (é) => é)(1));
};`;

test('counted code gives what the code gives', async () => {
  const judge = `export const ask = ({ seed }) => ({ x: seed, k: 0 });
export const score = ({ output }) => ({ loss: output });`;
  const plain = said(await measure(evaluatorOf({ judge }), CONSTRUCTS));
  expect(plain.every((value) => typeof value === 'number')).toBe(true);
  expect(said(await measure(evaluatorOf({ judge, steps: 1000 }), CONSTRUCTS))).toEqual(plain);
});
