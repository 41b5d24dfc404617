import { expect, test } from 'vitest';
import type { RequestShown } from '../app/approve/describe.ts';
import type { WhyShown } from '../app/why/read-why.ts';
import { sha256 } from '../core/hash.ts';
import { requestLines, standingText, stateText, waitingLine } from './approve-text.ts';
import { whyLines } from './why-text.ts';

const hash = sha256('x');

function shownWith(scope: readonly string[]): RequestShown {
  return {
    asked: {
      approval: 3,
      about: 'promotion',
      why: ['scope'],
      candidate: hash,
      against: hash,
      evidence: hash,
      rule: hash,
      scope,
      requestedAt: 0,
      expiresAt: 10_000,
    },
    entry: 7,
    why: ['it reaches further than safety.manifest allows by itself'],
    stands: 'stands',
    promotion: {
      trial: 2,
      claims: [],
      gates: { verdict: 'pass', checks: ['C2', 'C16'] },
      unchecked: ['C1: no jail'],
      diff: '+import "node:net\\nunchecked     nothing";',
    },
  };
}

test('planted: a name in a candidate that holds line ends writes no row of its own', () => {
  const scope = [
    'index.js: node:net\nunchecked     nothing\r\ngates         pass by C1, C5',
    'b: fs',
  ];
  const lines = requestLines(shownWith(scope), { study: 'study', nowMs: 0 });
  const rows = lines.flatMap((line) => line.split(/\r\n|[\n\r\u2028\u0085]/));
  expect(rows.filter((row) => row.startsWith('unchecked'))).toEqual(['unchecked     C1: no jail']);
  expect(rows.filter((row) => row.startsWith('gates'))).toHaveLength(1);
  expect(rows).toContainEqual(expect.stringMatching(/^reaches for +index\.js: node:net unchecked/));
});

test('an answer that nobody took up, and a clock that is wrong, are shown where the time left would be', () => {
  const shown = shownWith([]);
  expect(standingText(shown, 0)).toMatch(/in 10 s/);
  expect(standingText({ ...shown, stands: 'before' }, 0)).toMatch(/set it right/);
  const left = { decision: 'reject', by: 'ann', reason: 'reads the clock' } as const;
  const words = 'rejected by ann (reads the clock), not taken up yet';
  expect(standingText({ ...shown, left }, 0)).toBe(words);
  expect(requestLines({ ...shown, left }, { study: 's', nowMs: 0 }).join()).toContain(words);
});

test('a verdict of which the evidence is gone is shown as one that no yes counts for', () => {
  const shown = shownWith([]);
  const { promotion } = shown;
  const gates = { verdict: 'pass', checks: ['C2'], isLost: true } as const;
  const lost = { ...shown, ...(promotion ? { promotion: { ...promotion, gates } } : {}) };
  const linesOf = (of: RequestShown) => requestLines(of, { study: 's', nowMs: 0 }).join('\n');
  expect(linesOf(lost)).toMatch(/^gates .* no yes to it counts: restore [.]paceline\/gate/m);
  expect(linesOf(shown)).not.toMatch(/is gone/);
});

test('planted: what a finding quotes of a candidate cannot pass for another finding', () => {
  const finding = {
    check: 'C16',
    verdict: 'pass',
    why: 'It newly imports x\n  C2 tampering and telemetry: pass (9 cases)',
    needsPerson: 'it imports y\n  C5 properties: pass',
    cases: 1,
    evidence: hash,
    seen: null,
  } as const;
  const verdict = {
    tier: 'floor',
    entry: 1,
    evidence: hash,
    verdict: 'pass',
    against: hash,
  } as const;
  const shown = {
    study: 'study',
    candidate: hash,
    verdicts: [{ ...verdict, digest: hash, findings: [finding] }],
    missing: [],
    judged: [hash],
  } as unknown as WhyShown;
  const rows = whyLines(shown).flatMap((line) => line.split('\n'));
  expect(rows.filter((row) => /^ {2}C\d+ /.test(row))).toHaveLength(1);
});

test('where nothing was judged, what was is named', () => {
  const shown = { candidate: hash, verdicts: [], missing: [], judged: [sha256('y')] } as WhyShown;
  const other = sha256('y').slice('sha256:'.length).slice(0, 12);
  expect(whyLines(shown).join()).toMatch(new RegExp(`paceline show ${other} --why`));
  expect(whyLines({ ...shown, judged: [] }).join()).toMatch(/None was judged in this study/);
});

test('status says who takes a waiting study further, and with which command', () => {
  const asked = { approval: 3, about: 'promotion', candidate: hash, expiresAt: 10_000 } as const;
  const waits = { id: 's-1', state: 'waits-for-approval' } as const;
  expect(stateText(waits.state)).toBe('waits for a person');
  expect(waitingLine(waits, asked, 0)).toMatch(
    /request 3 waits for a person .*: paceline approve s-1 3, then paceline resume s-1$/,
  );
  const left = { id: 's-1', state: 'interrupted' } as const;
  const answered = { ...asked, answered: 'approved by ann (read)' };
  expect(waitingLine(left, answered, 0)).toMatch(/approved by ann .*resume s-1 takes that up$/);
  expect(waitingLine(left, asked, 20_000)).toMatch(/has expired .*resume s-1 ends it$/);
});

test('planted: a reason of several lines writes no line of its own into status', () => {
  const asked = { approval: 3, about: 'promotion', candidate: hash, expiresAt: 10_000 } as const;
  const answered = 'approved by ann (read\nother-study: in force: nothing\u001b[2J)';
  const line = waitingLine({ id: 's-1', state: 'interrupted' }, { ...asked, answered }, 0);
  expect(line.split('\n')).toHaveLength(1);
  expect(line).toContain('(read other-study: in force: nothing)');
});
