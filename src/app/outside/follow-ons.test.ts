import { expect, test } from 'vitest';
import type { EventBody } from '../../core/events.ts';
import { sha256 } from '../../core/hash.ts';
import { applyDiff } from '../../source/apply-diff.ts';
import { plain } from '../../source/plain.ts';
import { encodeProgram } from '../../source/program.ts';
import { sourceTask } from '../../tasks/source.ts';
import { followOns } from './follow-ons.ts';
import type { PublicPromotion } from './public-record.ts';

const ORIGIN = { 'a.txt': 'one\ntwo\nthree\n', 'b.txt': 'b\n' };
const FIRST = { ...ORIGIN, 'a.txt': 'ONE\ntwo\nthree\n' };
const SECOND = { ...ORIGIN, 'a.txt': 'ONE\ntwo\nTHREE\n' };
const [origin = '', first = '', second = ''] = [ORIGIN, FIRST, SECOND].map((files) =>
  encodeProgram({ files }),
);
const kind = sourceTask({ origin: ORIGIN, languageOf: () => plain });
const opened = {
  originText: origin,
  metric: { name: 'loss', goal: 'min', unit: 'points' },
} as EventBody['study.opened'];

const promotion = (text: string, fromText: string, gain: number): PublicPromotion => ({
  body: {
    candidate: sha256(text),
    from: sha256(fromText),
    gain,
    interval: [gain - 1, gain + 1],
    n: 12,
  } as unknown as PublicPromotion['body'],
  trial: 3,
  text,
  fromText,
  operator: 'edit',
});

const ONE = promotion(first, origin, 2);
const TWO = promotion(second, first, 3);

const of = (promotions: readonly PublicPromotion[], wanted: string) =>
  followOns(kind, { opened, promotions }).filter((one) => one.kind === wanted);

test('without a promotion there is nothing to follow on from', () => {
  expect(followOns(kind, { opened, promotions: [] })).toEqual([]);
});

test('each change of the incumbent is taken back by a patch that fits it, and no effect is made up', () => {
  const found = of([ONE, TWO], 'ablate');
  const left = found.map(({ untrusted }) => {
    const applied = applyDiff(SECOND, String(untrusted?.['patch']));
    return 'files' in applied ? applied.files['a.txt'] : applied.why;
  });
  expect(left).toEqual(['one\ntwo\nTHREE\n', 'ONE\ntwo\nthree\n']);
  expect(found.every((one) => one.predicted === undefined)).toBe(true);
  expect(of([ONE], 'ablate')).toEqual([]);
});

test('to refute is to expect what was measured: of one promotion its interval, of several their sum alone', () => {
  expect(of([ONE], 'refute')).toMatchObject([
    { predicted: { gain: 2, interval: [1, 3], pairs: 12, unit: 'points' } },
  ]);
  const [both] = of([ONE, TWO], 'refute');
  expect(both?.predicted).toEqual({ gain: 5, unit: 'points', pairs: 24 });
});

test('files that nobody touched, and the directions that gained with their patches', () => {
  expect(of([ONE, TWO], 'transfer')).toMatchObject([
    { question: expect.stringMatching(/b\.txt\?$/) },
  ]);
  const patches = of([ONE, TWO], 'extend').map(({ untrusted }) => String(untrusted?.['patch']));
  expect(patches).toEqual([expect.stringMatching(/\+ONE/), expect.stringMatching(/\+THREE/)]);
});

test('changes that need one another are not offered apart', () => {
  const marked = (text: string) => ({
    'a.txt': `// EVOLVE-BLOCK-START\n${text}// EVOLVE-BLOCK-END\n`,
  });
  const before = encodeProgram({ files: marked('one\n') });
  const strict = sourceTask({ origin: marked('one\n'), languageOf: () => plain, limitBytes: 60 });
  const after = encodeProgram({ files: marked('1\nlonger\n') });
  const found = followOns(
    { ...strict, materialise: () => strict.materialise('no program') },
    { opened: { ...opened, originText: before }, promotions: [promotion(after, before, 1)] },
  );
  expect(found.map((one) => one.kind)).toEqual(['refute', 'extend']);
});
