/** What is told of known cases by set, class and form, and what an audit costs and finds of a series. */
import { describe, expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import type { Check } from '../gates/contract.ts';
import { candidateOf, gateBench } from '../testing/gate-bench.ts';
import { memoryBench } from '../testing/known-bench.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { judgeAudit } from './audit.ts';
import { qualificationOf, reportBySet, type TriedCase } from './qualification.ts';

const KIND = { form: 'source', checks: ['C2', 'C3'] } as const;

function row(name: string, over: Partial<TriedCase>): TriedCase {
  const said = { C2: 'pass', C3: 'pass' } as const;
  const common = {
    task: 't',
    set: 'own',
    form: 'source',
    is: 'cheat',
    class: 'worse',
    said,
  } as const;
  return { ...common, case: name, ...over };
}

const tableOf = (tried: readonly TriedCase[]) =>
  ({ version: 1, gates: sha256('gates'), isWhole: true, tried }) as const;
const CAUGHT = { C2: 'pass', C3: 'fail' } as const;

describe('known cases', () => {
  test('are told apart by class, and those of another form are of another report', () => {
    const tried = [
      row('a', { said: CAUGHT }),
      row('b', {}),
      row('c', { class: 'silenced', said: { C2: 'fail', C3: 'pass' } }),
      row('d', { form: 'forest' }),
      row('e', { form: 'forest', is: 'honest', said: CAUGHT }),
      row('f', { is: 'honest', class: 'rewrite' }),
    ];
    expect(reportBySet(tableOf(tried), KIND)).toEqual([
      {
        set: 'own',
        honest: 1,
        refused: 0,
        classes: [
          { class: 'silenced', checks: ['C2'], of: 1, caught: 1 },
          { class: 'worse', checks: ['C3'], of: 2, caught: 1 },
        ],
      },
    ]);
  });

  test('of a class that nobody claims are counted, with those that were caught all the same', () => {
    const tried = [
      row('a', { class: 'first-n', said: CAUGHT }),
      row('b', { class: 'first-n' }),
      row('c', { class: 'batch', said: { C2: 'inconclusive', C3: 'pass' } }),
    ];
    expect(qualificationOf(tableOf(tried), KIND)).toMatchObject({
      traps: 0,
      uncovered: [
        { class: 'batch', of: 1, caught: 0 },
        { class: 'first-n', checks: [], of: 2, caught: 1 },
      ],
    });
  });
});

describe('an audit', () => {
  const ORIGIN = candidateOf('incumbent');
  const never = new AbortController().signal;
  const request = { audit: 1, from: ORIGIN, to: ORIGIN, lineage: [], evals: 0 };

  function costing(ms: number, auditCpuMs: number) {
    const clock = manualClock();
    clock.advance(7000);
    let jailedMs = 3000;
    const check = (name: Check['name']): Check => ({
      name,
      inapplicable: () => undefined,
      judge: async () => {
        clock.advance(ms);
        jailedMs += ms;
        return { verdict: 'pass', why: '', evidence: null, cases: 1 };
      },
    });
    const deep = async () => ({
      floor: [check('C3'), check('C6')],
      tools: gateBench(),
      cpuMs: () => jailedMs,
    });
    return memoryBench({ clock, deep, auditCpuMs });
  }

  test('costs what its checks took here and in jails, and nothing from before', async () => {
    const bench = costing(200, Number.POSITIVE_INFINITY);
    const answer = await judgeAudit(bench, request, never);
    expect(answer).toMatchObject({ verdict: 'pass', completeness: 1, tookMs: 400, cpuMs: 800 });
  });

  test('is held to its budget from its own beginning', async () => {
    const bench = costing(200, 300);
    const answer = await judgeAudit(bench, request, never);
    expect(answer).toMatchObject({ completeness: 0.5 });
    expect(bench.kept.of('audit')[0]?.body.unlooked).toEqual(['C6']);
  });

  test('of an honest series says how large the evidence ever was', async () => {
    const programs = { incumbent: () => 3 };
    const bench = memoryBench({ parts: { programs }, checks: [] });
    await judgeAudit(bench, { ...request, evals: 1000 }, never);
    const found = bench.kept.of('audit')[0]?.body.findings.at(-1);
    expect(found).toMatchObject({ check: 'divergence', verdict: 'pass', cases: 4, suspicion: 0 });
    expect(found?.why).toMatch(
      /^Of 4 looks none shows .*: the largest E is 1\.0, of 41 that would\.$/,
    );
  });
});
