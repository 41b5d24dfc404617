/** What the first entry says of where a study began. */
import { expect, test } from 'vitest';
import type { EventBody, StoredEvent } from '../../core/events.ts';
import { sha256 } from '../../core/hash.ts';
import { sampleLedger } from '../../testing/sample-ledger.ts';
import { factsFrom } from '../../testing/sample-report.ts';
import { rerunAnswer } from './answers-conduct.ts';
import { phraseText } from './phrase.ts';

const ID = sha256('an improver');

async function factsOf(more: Partial<EventBody['study.opened']>) {
  const [first, ...rest] = sampleLedger({ isClosed: false, trials: 1 });
  const opened = { ...first, body: { ...first?.body, ...more } };
  return factsFrom([opened, ...rest] as readonly StoredEvent[]);
}

test('lessons are told apart from the improver: those of closed studies are none of its own', async () => {
  const improver = { id: ID, generation: 2 };
  const { book } = await factsOf({ improver, lessons: ['what a closed study found'] });
  expect(book.get('study.improver')?.text).toMatch(/^generation 2, [0-9a-f]+$/);
  const alone = await factsOf({ lessons: ['one', 'two'] });
  const rows = rerunAnswer(alone).rows.map(
    ({ label, phrase }) => `${label}: ${phraseText(phrase)}`,
  );
  expect(rows).toContain('told beforehand: 2 lessons of earlier studies');
  expect(book.get('study.lessons')?.text).toBe('1 lesson of earlier studies');
});

test('what it takes of its improver is counted, one in the singular, and no other study’s with it', async () => {
  const from = [
    { study: 'improver 0123', record: ID, isImprover: true as const },
    { study: 'a-000000', record: sha256('a') },
  ];
  const deadEnds = [['x', 0] as const, ['y', 1] as const, ['z', 1] as const];
  const improver = { id: ID, generation: 2, taste: ID, prompts: ['task', 'edit'] as const };
  const { book } = await factsOf({ improver, memory: { hash: ID, from, deadEnds } } as never);
  expect(book.get('study.improver')?.text).toMatch(/; 1 dead end; its taste; prompts task, edit$/);
});
