/** The memory store as oracle: random histories must be read back equal, byte by byte. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EventDraft } from '../core/events.ts';
import type { Ledger, Store } from '../stores/contract.ts';
import { memoryStore } from '../stores/memory.ts';
import { DRAFTED_TYPES, eventDraft } from './event-arbitrary.ts';
import { allRows, blobOf, pagesOf, snapshotOf } from './ledger-samples.ts';
import type { ManualClock } from './manual-clock.ts';

/** With some 25 commands each they meet every pair of commands. */
const HISTORIES = 25;

/** Tells random histories to the store and to a memory store; each makes a study of its own. */
export async function agreesWithMemory(store: Store, clock: ManualClock): Promise<void> {
  let count = 0;
  const commands = fc.array(command, { maxLength: 25, size: 'max' });
  const told = fc.asyncProperty(commands, async (history) => {
    count += 1;
    await tell(history, {
      oracle: memoryStore({ clock }),
      store,
      clock,
      study: `history-${count}`,
    });
  });
  await fc.assert(told, { numRuns: HISTORIES });
}

const command = fc.oneof(
  fc.record({
    do: fc.constant('append' as const),
    drafts: fc.array(eventDraft, { maxLength: 8 }),
    sizes: fc.array(fc.constantFrom(0, 10, 70_000), { maxLength: 2 }),
    ms: fc.nat(10),
  }),
  fc.record({ do: fc.constant('flush' as const) }),
  fc.record({ do: fc.constant('reopen' as const) }),
  fc.record({ do: fc.constant('snapshot' as const), fold: fc.constantFrom('fold/1', 'fold/2') }),
  fc.record({
    do: fc.constant('read' as const),
    after: fc.nat(9),
    types: fc.option(fc.uniqueArray(fc.constantFrom(...DRAFTED_TYPES)), { nil: undefined }),
    pageSize: fc.integer({ min: 1, max: 9 }),
  }),
);

type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

interface Told {
  readonly oracle: Store;
  readonly store: Store;
  readonly clock: ManualClock;
  readonly study: string;
}

async function tell(
  commands: readonly Command[],
  { oracle, store, clock, study }: Told,
): Promise<void> {
  let pair: Pair = [await oracle.open(study, 'write'), await store.open(study, 'write')];
  for (const one of commands) {
    if (one.do === 'reopen') {
      for (const ledger of pair) await ledger.close();
      pair = [await oracle.open(study, 'write'), await store.open(study, 'write')];
    } else {
      if (one.do === 'append') clock.advance(one.ms);
      await agree(pair, (ledger) => answerOf(ledger, one));
    }
    assert.deepEqual(pair[1].head, pair[0].head);
    assert.ok(
      pair[0].durable.seq <= pair[1].durable.seq,
      'never less durable than after its flush',
    );
  }
  for (const ledger of pair) await ledger.flush();
  await agree(pair, allRows);
  for (const ledger of pair) await ledger.close();
}

type Pair = readonly [oracle: Ledger, ledger: Ledger];

async function agree(pair: Pair, ask: (ledger: Ledger) => Promise<unknown>): Promise<void> {
  const [expected, actual] = [await ask(pair[0]), await ask(pair[1])];
  assert.deepStrictEqual(actual, expected);
}

/** Both are flushed before they are asked: only then is what they know the same. */
async function answerOf(ledger: Ledger, one: Exclude<Command, { do: 'reopen' }>): Promise<unknown> {
  if (one.do === 'append') return ledger.append(inOrder(one.drafts, ledger), one.sizes.map(blobOf));
  const head = await ledger.flush();
  if (one.do === 'flush')
    return [head, await ledger.lastTrial(), await ledger.blob(blobOf(10).hash)];
  if (one.do === 'snapshot') {
    await ledger.saveSnapshot({ ...snapshotOf(head.seq, one.fold), seq: head.seq });
    return [
      await ledger.loadSnapshot('fold/1', head.seq - 3),
      await ledger.loadSnapshot('fold/2', 99),
    ];
  }
  const options = { pageSize: one.pageSize, ...(one.types ? { types: one.types } : {}) };
  return pagesOf(ledger, one.after, options);
}

/** Trials are settled in the order of their numbers. */
function inOrder(drafts: readonly EventDraft[], { head }: Ledger): readonly EventDraft[] {
  return drafts.map((draft, i) =>
    draft.type === 'trial.settled' ? { ...draft, trial: head.seq + i } : draft,
  );
}
