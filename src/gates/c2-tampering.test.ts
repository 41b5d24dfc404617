import { expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import type { Measured } from '../evaluators/contract.ts';
import { type Bench, gateBench, intakeOf } from '../testing/gate-bench.ts';
import { tamperingCheck } from './c2-tampering.ts';
import type { Tools } from './contract.ts';
import { watchedTools } from './telemetry.ts';

const { signal } = new AbortController();
const intake = intakeOf();
const REQUEST = [{ candidate: intake.candidate, cases: [1, 2, 3] }];
const GOOD = { evaluator: sha256('evaluator'), gates: sha256('gates') };
const bench = (over: Bench = {}): Tools =>
  gateBench({ programs: { candidate: (seed) => seed }, ...over });

async function judged(tools: Tools, ask: (watched: Tools) => Promise<unknown>) {
  const watched = watchedTools(tools);
  await ask(watched).catch(() => undefined);
  return tamperingCheck.judge(intake, watched, signal);
}
const measure = (watched: Tools) => watched.measure(REQUEST, signal);

test('digests as declared and an answer to everything pass', async () => {
  const found = await judged(bench(), measure);
  expect(found).toEqual({
    verdict: 'pass',
    why: 'What judges is as declared before and after (2 digests), and every answer came (3).',
    suspicion: 0,
    cases: 3,
    evidence: {
      declared: GOOD,
      before: GOOD,
      after: GOOD,
      changed: { before: [], after: [] },
      telemetry: { asked: 3, answered: 3, broken: 0, missing: [] },
    },
  });
});

test.each([
  ['at the end', [GOOD, { ...GOOD, evaluator: sha256('edited') }], /"evaluator" changed/],
  ['at the start, and put back', [{ ...GOOD, gates: sha256('edited') }, GOOD], /"gates" changed/],
  ['gone', [GOOD, { gates: GOOD.gates }], /"evaluator" changed/],
  ['never declared', [GOOD, { ...GOOD, hook: sha256('x') }], /"hook" changed/],
])('a digest that is another %s is an attack', async (_name, readings, says) => {
  let at = 0;
  const found = await judged(bench({ digests: () => readings[at++] ?? GOOD }), measure);
  expect(found).toMatchObject({ verdict: 'fail', incident: 'tampering', suspicion: 1, cases: 3 });
  expect(found.why).toMatch(says);
});

test('all that changed is named once, by the alphabet, and when it was seen', async () => {
  const edited = { evaluator: sha256('edited'), gates: sha256('edited') };
  const readings = [{ ...edited, evaluator: GOOD.evaluator }, edited];
  let at = 0;
  const found = await judged(bench({ digests: () => readings[at++] ?? GOOD }), measure);
  expect(found.why).toBe('What judges is not what was declared: "gates", "evaluator" changed.');
  expect(found.evidence).toMatchObject({
    changed: { before: ['gates'], after: ['evaluator', 'gates'] },
  });
});

const results = (of: unknown): Bench => ({ measure: async () => of as readonly Measured[] });
const scored = { outcome: 'scored', value: 1 } as const;

test.each([
  ['no result', results([]), /a measurement of 3 cases has no result/],
  ['fewer results', results([{ cases: [scored, scored], cpuMs: 1 }]), /2 results for 3 cases/],
  ['no CPU time', results([{ cases: [scored, scored, scored] }]), /no record of its CPU time/],
])('%s is missing telemetry, which rejects', async (_name, over, says) => {
  const found = await judged(bench(over), measure);
  expect(found).toMatchObject({
    verdict: 'fail',
    incident: 'missing telemetry',
    suspicion: 1,
    cases: 0,
  });
  expect(found.why).toMatch(says);
});

test('what never came to an end rejects too', async () => {
  const watched = watchedTools(bench({ measure: () => new Promise(() => undefined) }));
  void watched.measure(REQUEST, signal);
  const found = await tamperingCheck.judge(intake, watched, signal);
  expect(found.verdict).toBe('fail');
  expect(found.why).toMatch(/3 of 3 answers never came/);
});

test('calls are counted as measurements are', async () => {
  const callerOf = (outputs: number) => ({
    traits: { sets: [] },
    call: async () => ({ outputs: Array(outputs).fill({ output: 1 }), cpuMs: 1 }),
    close: () => undefined,
  });
  const call = (watched: Tools) =>
    watched.caller?.call({ candidate: intake.candidate, inputs: [1, 2] }, signal) ??
    Promise.reject(new Error('no caller'));
  expect(await judged(bench({ caller: callerOf(2) }), call)).toMatchObject({
    verdict: 'pass',
    cases: 2,
  });
  expect((await judged(bench({ caller: callerOf(1) }), call)).why).toMatch(
    /1 outputs for 2 inputs/,
  );
});

test('looks into the jail and runs by our clock are counted too', async () => {
  const { signal: never } = new AbortController();
  const look = { scored: 1, touched: [], isKilled: false, isWatched: true };
  const jailOf = (cpuMs: number) => ({
    blind: [],
    tells: [],
    look: async () => ({ ...look, cpuMs }),
  });
  const request = { candidate: intake.candidate, cases: [1], forbids: [] };
  const ask = async (watched: Tools) => watched.jail?.look(request, never);
  expect(await judged(bench({ jail: jailOf(1) }), ask)).toMatchObject({
    verdict: 'pass',
    cases: 1,
  });
  expect((await judged(bench({ jail: jailOf(Number.NaN) }), ask)).verdict).toBe('fail');
  const stopwatch = { run: async () => ({ cases: [], cpuMs: 1, wallMs: 1 }) };
  const time = async (watched: Tools) => watched.stopwatch?.run(request, never);
  expect((await judged(bench({ stopwatch }), time)).why).toMatch(/0 results for 1 cases/);
});

test.each([
  [
    'an error of the machine',
    bench({ measure: () => Promise.reject(new Error('disk')) }),
    '3 of 3 answers ended with an error of the machine.',
  ],
  [
    'nothing declared',
    bench({ declaredDigests: {}, digests: () => ({}) }),
    'No digest was declared, so nothing could be compared.',
  ],
])('%s is no verdict', async (_name, tools, why) => {
  expect(await judged(tools, measure)).toMatchObject({ verdict: 'inconclusive', why });
});

test('what is missing is listed, and several errors beside answers are counted', async () => {
  const twice = async (watched: Tools) => {
    await watched.measure(REQUEST, signal).catch(() => undefined);
    await watched.measure([{ candidate: intake.candidate, cases: [4, 5] }], signal);
  };
  let calls = 0;
  const short = results([{ cases: [scored], cpuMs: 1 }]);
  expect((await judged(bench(short), twice)).why).toBe(
    'Telemetry is missing: 1 results for 3 cases; 1 results for 2 cases.',
  );
  const whole = bench();
  const once: Tools['measure'] = (requests, until) =>
    calls++ === 0 ? Promise.reject(new Error('disk')) : whole.measure(requests, until);
  expect((await judged(bench({ measure: once }), twice)).why).toBe(
    '3 of 5 answers ended with an error of the machine.',
  );
});

test('where no other check asked for anything it asks itself', async () => {
  const nobody = async () => undefined;
  expect(await judged(bench(), nobody)).toMatchObject({ verdict: 'pass', cases: 1 });
  const asked: number[][] = [];
  const heard = (ticket: string) => {
    const watched = watchedTools({
      ...bench(),
      measure: (requests, until) => {
        asked.push(...requests.map(({ cases }) => [...cases]));
        return bench().measure(requests, until);
      },
    });
    return tamperingCheck.judge({ ...intake, ticket }, watched, signal);
  };
  for (const ticket of ['a', 'a', 'b']) await heard(ticket);
  // A secret case of the ticket's own.
  expect(asked[0]).toEqual(asked[1]);
  expect(asked[0]).not.toEqual(asked[2]);
  expect((await judged(bench(results([])), nobody)).verdict).toBe('fail');
});

test('tools that nobody watches can never pass', async () => {
  const unread = await tamperingCheck.judge(intake, bench(), signal);
  expect(unread).toMatchObject({
    verdict: 'inconclusive',
    why: 'Nobody read the digests when the ticket began.',
    cases: 0,
  });
  expect(unread.evidence).not.toHaveProperty('telemetry');
  const uncounted = { ...bench(), digestsBefore: GOOD };
  expect((await tamperingCheck.judge(intake, uncounted, signal)).why).toBe(
    'Nobody counted what was asked for this ticket.',
  );
  expect(tamperingCheck.inapplicable({} as never)).toBeUndefined();
});
