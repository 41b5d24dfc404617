/** What of a study programs are mined from. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../test/cli/fixtures/cli.ts';
import type { StoredEvent } from '../../core/events.ts';
import { canonicalJson, contentId, sha256 } from '../../core/hash.ts';
import { forget, readMemory } from '../memory/store.ts';
import { refuseForgotten, textsOf } from './mine-here.ts';

const settled = (candidate: string, value: number) => ({
  type: 'trial.settled',
  body: { arm: 'main', candidate, text: `text of ${candidate}`, admitted: true, values: [value] },
});
const promoted = (candidate: string) => ({
  type: 'candidate.promoted',
  body: { arm: 'main', candidate },
});
const OPENED = { type: 'study.opened', body: { metric: { goal: 'max' } } };

async function* ledger(...events: readonly object[]) {
  yield events.map((event, seq) => ({ seq, ...event })) as unknown as readonly StoredEvent[];
}

test('planted: nothing is mined from what an audit took back, however well it scored', async () => {
  const events = [
    OPENED,
    settled('good', 1),
    settled('cheat', 9),
    promoted('good'),
    promoted('cheat'),
  ];
  const before = await textsOf(ledger(...events));
  expect(before.texts).toEqual(['text of good', 'text of cheat']);
  const back = {
    type: 'candidate.rolled-back',
    body: { arm: 'main', to: 'good', quarantined: ['cheat'] },
  };
  expect(await textsOf(ledger(...events, back))).toMatchObject({ seq: 5, texts: ['text of good'] });
});

test('planted: what a person took back is not mined either', () => {
  const root = emptyFolder();
  const folder = join(root, '.paceline/memory');
  const hash = sha256('a');
  const record = {
    schema: 'paceline/memory/1',
    study: 'packing-a',
    head: { seq: 3, hash },
    task: {
      id: hash,
      name: 'packing',
      origin: hash,
      evaluator: hash,
      metric: { name: 'score', goal: 'max', unit: 'points' },
    },
    deadEnds: [],
    failed: [],
    leftOut: 0,
    lessons: [],
    effects: { gains: [], shrinkage: [] },
  };
  mkdirSync(folder, { recursive: true });
  const name = contentId(record).slice('sha256:'.length);
  writeFileSync(join(folder, `${name}.json`), canonicalJson(record));
  refuseForgotten(root, 'packing-a');
  const [one] = readMemory(root);
  forget(root, one as NonNullable<typeof one>);
  expect(() => refuseForgotten(root, 'packing-a')).toThrow(
    'taken back with paceline memory forget',
  );
  refuseForgotten(root, 'packing-b');
});
