import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { EMPTY_PURSE } from '../core/spend.ts';
import type { HoppingProblem } from '../optim/local-search.ts';
import { languageOf } from '../source/language-of.ts';
import { encodeProgram } from '../source/program.ts';
import { sourceTask } from '../tasks/source.ts';
import type { AskRequest, Draft } from './contract.ts';
import { dataNumbers } from './local-search/data-numbers.ts';
import { type LocalSearchState, localSearchProposer } from './local-search.ts';

const files = { 'x.json': '[3.0]' };
const origin = encodeProgram({ files });
const numbers = dataNumbers({ origin, kind: sourceTask({ origin: files, languageOf }) });

/** x² under x ≥ 1, counted. Hops of `width` about the point, fresh starts at 2. */
function bowl(width: number): { readonly problem: HoppingProblem; readonly calls: () => number } {
  let calls = 0;
  const problem: HoppingProblem = {
    equalities: 0,
    inequalities: 1,
    objective(x, gradient) {
      calls += 1;
      gradient[0] = 2 * (x[0] as number);
      return (x[0] as number) ** 2;
    },
    constraints(x, values) {
      values[0] = 1 - (x[0] as number);
    },
    addGradients(_x, weights, gradient) {
      gradient[0] = (gradient[0] as number) - (weights[0] as number);
    },
    start: () => Float64Array.of(2),
    hop: (x, random) => x.map((v) => v + width * random()),
    repair: (x) => x.map((v) => Math.max(1, v)),
  };
  return { problem, calls: () => calls };
}

const proposerOf = (problem: HoppingProblem) =>
  localSearchProposer({ problem, numbers, origin, hops: 3, patience: 2 });

function request(trial: number, fromOrigin = false): AskRequest {
  const rng = publicRoot('local-search').stream(trial, 'ask');
  const archive = { size: 0, best: () => undefined, pick: () => undefined };
  const probe = { measure: () => Promise.reject(new Error('no probes')) };
  const { signal } = new AbortController();
  return { trial, rng, archive, probe, fromOrigin, seen: () => false, purse: EMPTY_PURSE, signal };
}

async function run(trials: number) {
  const { problem } = bowl(1);
  const proposer = proposerOf(problem);
  const drafts: Draft[] = [];
  let state: LocalSearchState = proposer.init();
  for (let trial = 0; trial < trials; trial++) {
    const draft = await proposer.ask(state, request(trial));
    drafts.push(draft);
    const { operator, text, key } = draft;
    const rng = request(trial).rng;
    const result = { outcome: 'scored', gain: null, evals: 1, admitted: false };
    state = proposer.tell(state, { trial, operator, text, key, rng, ...result });
  }
  return drafts;
}

test('a climb reaches the constrained minimum, stays, and starts anew after its patience', async () => {
  const drafts = await run(4);
  const points = drafts.map(({ text }) => numbers.pointOf(text)[0]);
  expect(points[0]).toBeCloseTo(1, 8);
  // Nothing better in the second and third trial: the same candidate, a duplicate to the loop.
  expect(drafts[1]?.text).toBe(drafts[0]?.text);
  expect(drafts.map(({ operator }) => operator)).toEqual(['hops', 'hops', 'hops', 'restart']);
  expect(drafts[3]?.parents).toEqual([]);
});

test('every call of the objective in a hop is declared', async () => {
  const { problem, calls } = bowl(1);
  const proposer = proposerOf(problem);
  const before = calls();
  const draft = await proposer.ask(proposer.init(), request(0));
  const declared = draft.evals ?? 0;
  expect(declared).toBeGreaterThan(0);
  // Beside these: the loss of each solution and of its repaired point, two of each hop at most.
  const beside = calls() - before - declared;
  expect(beside).toBeGreaterThanOrEqual(0);
  expect(beside).toBeLessThanOrEqual(4 * 3);
});

test('near decides how often a descent is sharpened, and so what a trial costs', async () => {
  const cost = async (near: number): Promise<number> => {
    const { problem } = bowl(1);
    const proposer = localSearchProposer({ problem, numbers, origin, hops: 3, patience: 2, near });
    const settled = { ...proposer.init(), point: Float64Array.of(1), loss: 0.5 };
    return (await proposer.ask(settled, request(0))).evals ?? 0;
  };
  expect(await cost(10)).toBeGreaterThan(await cost(0));
});

test('a control climbs from the origin, whatever was learnt', async () => {
  const { problem } = bowl(1);
  const proposer = proposerOf(problem);
  const learnt: LocalSearchState = { ...proposer.init(), point: Float64Array.of(1), loss: 1 };
  expect(await proposer.ask(learnt, request(7, true))).toEqual(
    await proposer.ask(proposer.init(), request(7, true)),
  );
});

test('where no point is a solution, the origin is proposed and nothing breaks', async () => {
  const { problem } = bowl(1);
  const hopeless = { ...problem, objective: () => Number.NaN };
  const proposer = proposerOf(hopeless);
  const draft = await proposer.ask(proposer.init(), request(0));
  expect(numbers.pointOf(draft.text)).toEqual(Float64Array.of(3));
});

test('what a trial without a gain proposes again is known beforehand, and so not measured', async () => {
  const { problem } = bowl(1);
  const proposer = proposerOf(problem);
  const first = await proposer.ask(proposer.init(), request(0));
  const result = { outcome: 'scored', gain: null, evals: 1, admitted: false };
  const { text, key } = first;
  const told = { trial: 0, operator: 'hops', text, key, rng: request(0).rng, ...result };
  const asked: string[] = [];
  const seen = (key: string): boolean => asked.push(key) > 0;
  const again = proposer.ask(proposer.tell(proposer.init(), told), { ...request(1), seen });
  // Before the first await: afterwards it would depend on who else has settled meanwhile.
  expect(asked).toEqual([first.key]);
  expect((await again).key).toBe(first.key);
});
