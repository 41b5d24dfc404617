/** Candidate and incumbent on the same inputs: who is asked, in what batches, and when nobody else is. */
import { expect, test } from 'vitest';
import type { CallRequest, Conditions } from '../../evaluators/contract.ts';
import { calledPrograms, type Program } from '../../testing/called-programs.ts';
import { intakeOf } from '../../testing/gate-bench.ts';
import { allEnded } from './all-ended.ts';
import { bothOf } from './both.ts';

const { signal } = new AbortController();
const intake = intakeOf();

async function both(
  instead: (
    request: CallRequest,
  ) => ReturnType<NonNullable<Parameters<typeof calledPrograms>[0]['instead']>> = () => undefined,
  { sets, ...more }: { sets?: readonly (keyof Conditions)[]; withinMs?: number } = {},
) {
  const programs = new Map<string, Program>([
    [intake.candidate.id, () => (input) => 3 * Number(input)],
    [intake.incumbent.id, () => (input) => 2 * Number(input)],
  ]);
  const asked: CallRequest[] = [];
  const caller = calledPrograms({
    programs: programs as never,
    inputOf: () => null,
    cpuMsPerInput: 5,
    ...(sets && { sets }),
    instead: (request) => {
      asked.push(request);
      return instead(request);
    },
  });
  const found = await bothOf({ caller, intake, signal, ...more }, [1, 2]);
  return { found, asked, who: asked.map(({ candidate: { text } }) => text) };
}

test('each input has both answers side by side, and costs what the incumbent takes', async () => {
  const { found, asked, who } = await both();
  expect(found).toEqual({
    answers: [
      [{ output: 3 }, { output: 2 }],
      [{ output: 6 }, { output: 4 }],
    ],
    cpuMs: 10,
  });
  expect(who).toEqual(['incumbent', 'candidate']);
  expect(asked.map(({ conditions }) => conditions)).toEqual([{ batch: 250 }, { batch: 250 }]);
  expect(asked[0]).not.toHaveProperty('withinMs');
  const limited = await both(undefined, { sets: [], withinMs: 70 });
  expect(limited.asked.map(({ conditions, withinMs }) => [conditions, withinMs])).toEqual([
    [{}, 70],
    [{}, 70],
  ]);
});

test('nobody else is asked where the incumbent gives no answers, or the machine fails', async () => {
  const late = { outcome: 'timeout', message: 'late' } as const;
  const { found, who } = await both(() => late, { withinMs: 70 });
  expect(found).toEqual({
    answers: [
      [undefined, undefined],
      [undefined, undefined],
    ],
    cpuMs: 0,
  });
  expect(who).toEqual(['incumbent']);
  const broken = { outcome: 'infra-error', message: 'no room' } as const;
  const first = await both(() => broken);
  expect([first.found, first.who]).toEqual([
    { answers: [], cpuMs: 0, trouble: 'no room' },
    ['incumbent'],
  ]);
  const second = await both(({ candidate }) =>
    candidate.id === intake.candidate.id ? broken : undefined,
  );
  expect(second.found).toEqual({ answers: [], cpuMs: 10, trouble: 'no room' });
});

test('what was begun together ends together, and the first error in order is told', async () => {
  expect(await allEnded([Promise.resolve(1), Promise.resolve('a')])).toEqual([1, 'a']);
  let hasEnded = false;
  const slow = new Promise((done) => setImmediate(done)).then(() => {
    hasEnded = true;
  });
  const failing = [Promise.reject(new Error('one')), Promise.reject(new Error('two'))] as const;
  await expect(allEnded([slow, ...failing])).rejects.toThrow('one');
  expect(hasEnded).toBe(true);
});
