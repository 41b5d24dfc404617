import { expect, test } from 'vitest';
import type { EventBody } from '../../core/events.ts';
import { sha256 } from '../../core/hash.ts';
import { applyDiff } from '../../source/apply-diff.ts';
import { plain } from '../../source/plain.ts';
import { encodeProgram } from '../../source/program.ts';
import { sourceTask } from '../../tasks/source.ts';
import type { ToldOccasion } from '../follow-ons-of.ts';
import { followOnsOutside } from './follow-ons.ts';
import type { PublicPromotion } from './public-record.ts';

const ORIGIN = { 'a.txt': 'one\ntwo\nthree\n' };
const LEADS = { 'a.txt': 'ONE\ntwo\nTHREE\n' };
const WITHOUT = { 'a.txt': 'one\ntwo\nTHREE\n' };
const [origin = '', leads = '', without = ''] = [ORIGIN, LEADS, WITHOUT].map((files) =>
  encodeProgram({ files }),
);
const kind = sourceTask({ origin: ORIGIN, languageOf: () => plain });
const opened = { origin: sha256(origin), originText: origin } as EventBody['study.opened'];
const promotions = [
  { body: { candidate: sha256(leads) }, text: leads },
] as unknown as readonly PublicPromotion[];

const occasion = (incumbent: string, text: string | undefined): ToldOccasion => ({
  why: 'promotion',
  about: 3,
  incumbent,
  notApplicable: [],
  next: [
    {
      number: 1,
      kind: 'ablate',
      trial: 7,
      hypothesis: 'a hypothesis',
      against: 'a reason',
      evals: 2,
      expected: '-1 points',
      became: 'discarded',
      seqs: [9],
      ...(text === undefined ? {} : { candidate: { text, key: 'k', size: 1 } }),
    },
  ],
});

test('what was proposed comes as a patch that fits the incumbent it is about, and is marked as foreign text', () => {
  const [told] = followOnsOutside(kind, { opened, promotions }, [occasion(sha256(leads), without)]);
  const [one] = told?.next ?? [];
  expect(one).not.toHaveProperty('candidate');
  expect(one).toMatchObject({ number: 1, kind: 'ablate', became: 'discarded' });
  expect(applyDiff(LEADS, String(one?.untrusted?.['patch']))).toEqual({ files: WITHOUT });
});

test('no patch is made up: not of what a proposer is asked for, nor against what is not known', () => {
  for (const one of [occasion(sha256(leads), undefined), occasion(sha256('another'), without)]) {
    const [told] = followOnsOutside(kind, { opened, promotions }, [one]);
    expect(told?.next[0]).not.toHaveProperty('untrusted');
  }
});
