import { beforeAll, describe, expect, test } from 'vitest';
import type { EventBody, StoredEvent } from '../../core/events.ts';
import { sha256 } from '../../core/hash.ts';
import { sampleLedger } from '../../testing/sample-ledger.ts';
import { factsFrom, pagesOf } from '../../testing/sample-report.ts';
import { rederivation } from '../audit/rederive.ts';
import { htmlReport } from '../html.ts';
import { type Cards, cardsOf } from './cards.ts';
import { addToCards, MOST_SCORED, newCards } from './tally.ts';

type Settled = StoredEvent<'trial.settled'>;

/** The sample study, with a taste that is right nine times in ten; every third trial was chosen. */
function tasted(events: readonly StoredEvent[]): readonly StoredEvent[] {
  return events.map((event) => {
    if (event.type === 'study.opened') {
      return {
        ...event,
        body: { ...event.body, taste: { use: 'uniform', drafts: 1, explore: 1 } },
      };
    }
    if (event.type !== 'trial.settled' || event.body.arm !== 'main') return event;
    const { trial = 0, body } = event;
    const [value = 9] = body.values;
    const better = -(value ?? 9) > -5.1;
    const chance = (trial % 10 === 0) !== better ? 0.8 : 0.1;
    const atRandom = trial % 3 > 0 ? { atRandom: true as const } : {};
    return { ...event, body: { ...body, forecast: { chance, over: -5.1, ...atRandom } } };
  }) as readonly StoredEvent[];
}

const EVENTS = tasted(sampleLedger());
const settled = EVENTS.filter((one): one is Settled => one.type === 'trial.settled');
const main = settled.filter(({ body }) => body.arm === 'main');
const SILENT = ['duplicate', 'infra-error', 'over-budget'];
const drawn = main.filter(
  ({ body }) => body.forecast?.atRandom && !SILENT.includes(body.end ?? ''),
);

function cardsFrom(events: readonly StoredEvent[]): Cards {
  const tally = newCards();
  for (const event of events) addToCards(tally, event);
  return cardsOf(tally);
}

const edit = (change: (body: EventBody['trial.settled'], trial: number) => object) =>
  EVENTS.map((event) =>
    event.type === 'trial.settled'
      ? ({ ...event, body: { ...event.body, ...change(event.body, event.trial ?? 0) } } as Settled)
      : event,
  );

let cards: Cards;
beforeAll(() => {
  cards = cardsFrom(EVENTS);
});

describe('the card of execution', () => {
  test('counts the work of the searches, and not that of control arms', () => {
    const total = (of: (one: Cards['execution'][number]) => number) =>
      cards.execution.reduce((sum, one) => sum + of(one), 0);
    expect(total(({ trials }) => trials)).toBe(main.length);
    expect(main.length).toBeLessThan(settled.length);
    expect(total(({ evals }) => evals)).toBe(main.reduce((sum, { body }) => sum + body.evals, 0));
  });

  test('an unfit candidate is not valid, a crash is not reliable, a spoiled one is neither', () => {
    const ends = ['invalid', 'crashed', 'timeout', 'infra-error'] as const;
    const first = main.slice(0, 4).map(({ trial }) => trial);
    const [one, ...others] = cardsFrom(
      edit((_body, trial) => {
        const end = ends[first.indexOf(trial)];
        return end ? { outcome: end, end, values: [], proposer: 'odd' } : {};
      }),
    ).execution.toSorted((a) => (a.by === 'odd' ? -1 : 1));
    expect(one).toMatchObject({ trials: 4, valid: { n: 3 }, reliable: { n: 2, value: 0 } });
    expect(one?.valid.value).toBeCloseTo(2 / 3, 12);
    expect(others.every(({ valid }) => valid.value === 1)).toBe(true);
  });
});

describe('the card of ideas', () => {
  test('rests on the trials that nobody chose, and on no other', () => {
    expect(cards.baseRate.n).toBe(drawn.length);
    expect(cards.forecasters[0]?.score.n).toBe(drawn.length);
    expect(cards.ideation.reduce((sum, { hits }) => sum + hits.n, 0)).toBe(drawn.length);
    const chosen = edit((body) =>
      body.forecast && !body.forecast.atRandom ? { forecast: { ...body.forecast, chance: 1 } } : {},
    );
    expect(cardsFrom(chosen).forecasters).toEqual(cards.forecasters);
  });

  test('promotions go to whoever proposed', () => {
    const promoted = EVENTS.filter(({ type }) => type === 'candidate.promoted').length;
    expect(promoted).toBeGreaterThan(0);
    expect(cards.ideation.reduce((sum, one) => sum + one.promoted, 0)).toBe(promoted);
  });

  test('a proposer’s own words are ranked, and have no Brier score', () => {
    const own = cardsFrom(edit((body) => ({ expected: body.values[0] ?? 0 }))).ideation;
    for (const one of own) expect(one.own?.brier).toBeUndefined();
    const areas = own.flatMap(({ own: said }) => said?.area?.value ?? []);
    // Lower values are better, so who expects the value itself is wrong about the order.
    expect(areas.length).toBeGreaterThan(0);
    expect(Math.max(...areas)).toBeLessThan(0.2);
  });
});

test('a person counts once a trial, by the first word', () => {
  const about = drawn.slice(0, 12);
  const said = about.flatMap(({ trial, body, ...rest }) =>
    [0.2, 0.9].map((chance) => ({
      ...rest,
      type: 'forecast.made' as const,
      trial,
      body: { by: 'human:ann', candidate: body.candidate, chance },
    })),
  ) as readonly StoredEvent[];
  const opened = EVENTS.slice(0, 2);
  const all = cardsFrom([...opened, ...said, ...EVENTS.slice(2)]).forecasters;
  const ann = all.find(({ by }) => by === 'human:ann');
  expect(ann).toMatchObject({ kind: 'person', score: { n: 12 } });
  expect(ann?.score.reliability).toMatchObject([{ from: 0.2, n: 12 }]);
});

test('memory is bounded: the latest forecasts are scored', () => {
  const tally = newCards();
  const [first] = main as [Settled];
  for (const event of EVENTS.slice(0, 3)) addToCards(tally, event);
  const forecast = { chance: 0.2, over: -5.1, atRandom: true as const };
  for (let trial = 0; trial < MOST_SCORED + 50; trial++) {
    addToCards(tally, { ...first, trial, body: { ...first.body, end: 'discarded', forecast } });
  }
  expect(tally.taste).toHaveLength(MOST_SCORED);
  expect(tally.judged).toBeGreaterThanOrEqual(MOST_SCORED + 50);
});

describe('in the report', () => {
  test('every figure follows from the entries it names', async () => {
    const facts = await factsFrom(EVENTS);
    const own = [...facts.book.keys()].filter((id) => id.startsWith('cards.'));
    expect(own.length).toBeGreaterThan(12);
    const again = rederivation(facts);
    for await (const page of pagesOf(EVENTS)) for (const event of page) again.add(event);
    expect(again.findings(facts)).toEqual([]);
    expect(htmlReport(facts)).toMatch(/<h2>Score cards<\/h2>/);
  });

  test('names of others are no markup', async () => {
    const by = '<script>alert(1)</script>';
    const html = htmlReport(await factsFrom(edit(() => ({ proposer: by, key: sha256(by) }))));
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
  });

  test('a study that expected nothing has no cards in its report', async () => {
    const facts = await factsFrom(sampleLedger());
    expect(htmlReport(facts)).not.toContain('Score cards');
    expect([...facts.book.keys()].some((id) => id.startsWith('cards.'))).toBe(false);
  });
});
