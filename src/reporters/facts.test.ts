import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../core/events.ts';
import { sampleLedger } from '../testing/sample-ledger.ts';
import { factsFrom, pagesOf } from '../testing/sample-report.ts';
import { collectFacts, type ReportFacts } from './facts.ts';

const ledger = sampleLedger();
const facts = await factsFrom(ledger);

function value(id: string, of: ReportFacts = facts): number | string | undefined {
  return of.book.get(id)?.value;
}

function all<T extends StoredEvent['type']>(type: T): readonly StoredEvent<T>[] {
  return ledger.filter((event): event is StoredEvent<T> => event.type === type);
}

/** Counted a second time, in the plainest way. */
const settled = all('trial.settled');
const measured = all('measurement.recorded');

describe('the facts of a ledger', () => {
  it('count what is there', () => {
    expect(value('trials.total')).toBe(settled.length);
    expect(value('trials.admitted')).toBe(settled.filter(({ body }) => body.admitted).length);
    expect(value('promotions.total')).toBe(all('candidate.promoted').length);
    expect(value('ends.duplicate')).toBe(
      settled.filter(({ body }) => body.end === 'duplicate').length,
    );
    expect(value('ledger.seq')).toBe(ledger.length);
  });

  it('give every trial one end', () => {
    const ends = [...facts.book.values()].filter(({ id }) => id.startsWith('ends.'));
    expect(ends.reduce((sum, one) => sum + Number(one.value), 0)).toBe(settled.length);
  });

  it('charge every evaluation once', () => {
    const pairs = measured.reduce(
      (sum, { body }) => sum + body.values.length + (body.againstValues?.length ?? 0),
      0,
    );
    const screens = settled.reduce((sum, { body }) => sum + body.evals, 0);
    const floor = all('noise.measured').reduce(
      (sum, { body }) => sum + body.values.length + 2 * body.repeats.length,
      0,
    );
    expect(value('evals.total')).toBe(pairs + screens + floor);
  });

  it('compute every gain again from the raw pairs', () => {
    const [promoted] = all('candidate.promoted');
    const pairs = measured.filter(
      ({ body, trial }) => body.purpose === 'block' && trial === promoted?.trial,
    );
    const differences = pairs.flatMap(({ body }) =>
      body.values.map((one, i) => Number(body.againstValues?.[i]) - Number(one)),
    );
    const gain = differences.reduce((sum, one) => sum + one, 0) / differences.length;
    expect(value(`promotion.${promoted?.trial}.gain`)).toBeCloseTo(gain, 12);
    expect(promoted?.body.gain).toBeCloseTo(gain, 12);
  });

  it('spend the error budget on what failed alone', () => {
    const failed = all('trial.confirmed').filter(({ body }) => body.verdict === 'unconfirmed');
    expect(failed.length).toBeGreaterThan(0);
    expect(value('confirms.alphaSpent')).toBeCloseTo(
      failed.reduce((sum, { body }) => sum + (body.alpha ?? Number.NaN), 0),
      12,
    );
  });

  it('do not depend on the size of the pages', async () => {
    const given = facts.given;
    const small = await collectFacts(pagesOf(ledger, 7), given);
    expect([...small.book]).toEqual([...facts.book]);
  });

  it('leave out what the entries do not show', async () => {
    const part = await factsFrom(ledger.slice(1, 20));
    expect(part.book.has('study.metric')).toBe(false);
    expect(part.book.has('rule.delta')).toBe(false);
    expect(part.isClosed).toBe(false);
  });

  it('name a recorded gain that its pairs do not bear out', async () => {
    const wrong = ledger.map((event) =>
      event.type === 'candidate.promoted'
        ? { ...event, body: { ...event.body, gain: event.body.gain + 1e-6 } }
        : event,
    ) as readonly StoredEvent[];
    const { book } = await factsFrom(wrong);
    const found = [...book.keys()].filter((id) => id.startsWith('disagreement.'));
    expect(found).toHaveLength(2);
    expect([...facts.book.keys()].filter((id) => id.startsWith('disagreement.'))).toEqual([]);
  });

  it('put no foreign text into an id', async () => {
    const { book } = await factsFrom(sampleLedger({ foreign: ' <b>"x' }));
    for (const id of book.keys()) expect(id).toMatch(/^[\w.-]+$/);
  });
});

it('a resume in another jail than the first is told, one in the same is not', async () => {
  const [opened, ...rest] = sampleLedger({ isClosed: false, trials: 1 });
  const resumed = (seq: number, isolation: string): StoredEvent =>
    ({
      ...opened,
      seq,
      type: 'study.resumed',
      body: { epoch: 1, fromSeq: 1, isolation },
    }) as StoredEvent;
  const was = opened?.type === 'study.opened' ? opened.body.isolation : '';
  const factsWith = async (isolation: string) =>
    (await factsFrom([opened as StoredEvent, resumed(900, isolation), ...rest])).book;
  expect((await factsWith('J3: another jail')).get('safety.resumedIn')).toMatchObject({
    text: 'J3: another jail',
    seqs: [900],
  });
  expect((await factsWith(was)).has('safety.resumedIn')).toBe(false);
});
