import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../core/events.ts';
import { sampleLedger } from '../testing/sample-ledger.ts';
import { factsFrom, SAMPLES, sampleFacts } from '../testing/sample-report.ts';
import { verdictLines } from './verdict.ts';

describe('the verdict', () => {
  it('has five lines: gain, control, cost, what nobody checked, head', async () => {
    expect(verdictLines(await sampleFacts())).toMatchInlineSnapshot(`
      [
        "On excess, the incumbent beats the untouched origin by 1.59 points [1.54, 1.64] (95 % interval, 32 fresh pairs): 5.07 percent before, 3.48 percent now.",
        "Against plain sampling: not testable: one trajectory; our candidate at the control's spend beats the control's final by 0.305 percent [0.236, 0.374] on fresh instances.",
        "Cost: 1,066 evaluations in 400 trials, 17 s, 0 USD.",
        "Unchecked: C1 jail verdict · C4 hold-out gap through the Ladder · C5 properties and metamorphic relations · C8 paired evaluation tells · C17 suspicion and audit sampling. No person looked before promotion.",
        "Keep this line, it finds a rewritten ledger: paceline verify bin-packing-7f3a --head 457:sha256:634cad841316e4092e0d1be103e39225a0843d0edec9bec8c1d057947065d7a4",
      ]
    `);
  });

  it.each(Object.entries(SAMPLES))('has five lines whatever happened: %s', async (_, options) => {
    const lines = verdictLines(await sampleFacts(options));
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(line).not.toMatch(/undefined|NaN|[\u0000-\u001f\u009b\u202e]/);
  });

  it('says that no promotion is not no effect', async () => {
    const [first] = verdictLines(await sampleFacts({ hasGains: false }));
    expect(first).toBe(
      'Nothing was promoted. That does not mean that nothing is better: this search cannot find effects below 2 σ, here 0.517 points.',
    );
  });

  it('speaks of no effect at all where the budget ended before the first trial', async () => {
    const events = sampleLedger().filter(({ type }) =>
      ['study.opened', 'noise.measured', 'study.closed'].includes(type),
    );
    const [first] = verdictLines(await factsFrom(events));
    expect(first).toBe(
      'Nothing was promoted. Not one trial was made, so nothing was looked for. Raise budget.trials (--trials) and run again.',
    );
  });

  it('says that models were asked and brought nothing, where that is why there is no trial', async () => {
    const spent = { requests: 1, tokens: 0, microUsd: 0 };
    const reserved = { type: 'spend.reserved', body: { call: 0, to: 'ollama/m', most: spent } };
    const settled = { type: 'spend.settled', body: { call: 0, spent } };
    const asked = sampleLedger().flatMap((event): readonly StoredEvent[] => {
      if (event.type === 'study.opened') {
        const lanes = event.body.lanes.map((lane) => ({ ...lane, paid: true as const }));
        return [{ ...event, body: { ...event.body, lanes } }];
      }
      if (event.type === 'study.closed') return [event];
      if (event.type !== 'noise.measured') return [];
      return [event, ...[reserved, settled].map((one) => ({ ...event, ...one }) as StoredEvent)];
    });
    const [first] = verdictLines(await factsFrom(asked));
    expect(first).toMatch(
      /^Nothing was promoted\. .*: 1 call to models brought none in time\. See that the models can be reached\. Raise/,
    );
  });

  it('says that an open study is open', async () => {
    const [first] = verdictLines(await sampleFacts({ isClosed: false, trials: 150 }));
    expect(first).toMatch(
      /^Unfinished, as of entry \d+: 1 promotion; the comparison .* still to come\.$/,
    );
  });

  it.each([
    ['behind', 'the incumbent is worse than the untouched origin'],
    ['no-evidence', 'the incumbent is not told apart from the untouched origin'],
  ])('claims no gain where the comparison is %s', async (verdict, words) => {
    const other = sampleLedger().map((event) =>
      event.type === 'arm.compared' && event.body.arm === 'origin'
        ? { ...event, body: { ...event.body, verdict } }
        : event,
    ) as readonly StoredEvent[];
    const [first] = verdictLines(await factsFrom(other));
    expect(first).toContain(words);
    expect(first).not.toContain('beats');
  });

  it('says of a loss that at the spend of the control ours had come nowhere yet', async () => {
    const events = sampleLedger();
    const opened = events.find(
      ({ type }) => type === 'study.opened',
    ) as StoredEvent<'study.opened'>;
    const early = events.map((event) =>
      event.type === 'arm.compared' && event.body.arm !== 'origin'
        ? { ...event, body: { ...event.body, ours: opened.body.origin } }
        : event,
    ) as readonly StoredEvent[];
    const spent = /; after those [\d,]+ evaluations ours was still the origin/;
    expect(verdictLines(await factsFrom(early))[1]).toMatch(spent);
    expect(verdictLines(await sampleFacts())[1]).not.toMatch(spent);
    const first = early.map((event) =>
      event.type === 'study.opened'
        ? { ...event, body: { ...event.body, fold: 'paceline.fold/1' } }
        : event,
    );
    expect(verdictLines(await factsFrom(first))[1]).toMatch(/the noise floor’s among them, ours/);
  });

  it('never says that search helped: one trajectory cannot show it', async () => {
    for (const options of Object.values(SAMPLES)) {
      const text = verdictLines(await sampleFacts(options)).join(' ');
      expect(text).not.toMatch(/search (?:helped|beat)/i);
      if (options.isClosed !== false) expect(text).toContain('not testable: one trajectory');
    }
  });
});
