import { describe, expect, it } from 'vitest';
import type { Json } from '../core/json.ts';
import { mean } from '../stats/summary.ts';
import { sampleLedger } from '../testing/sample-ledger.ts';
import { factsFrom, SAMPLES, sampleFacts } from '../testing/sample-report.ts';
import type { ReportFacts } from './facts.ts';
import { jsonReport, runResult } from './json.ts';

interface RunLine {
  readonly [key: string]: Json;
}

function run(facts: ReportFacts): RunLine {
  // Through text, as a reader gets it.
  return JSON.parse(JSON.stringify(runResult(facts, { exitCode: 0 })));
}

const facts = await sampleFacts();

describe('the --json line of run', () => {
  it('is the whole of contracts.md for a finished study', async () => {
    const { hash: logical } = sampleLedger()[0] ?? { hash: 'sha256:none' };
    const given = { ...facts.given, head: { logical } };
    expect(runResult({ ...facts, given }, { exitCode: 0 })).toMatchSnapshot();
  });

  it('says what happened of a study that is still open, and nothing else', async () => {
    const line = run(await sampleFacts({ isClosed: false, trials: 150 }));
    expect(line['status']).toBe('interrupted');
    expect(line).not.toHaveProperty('stoppedBy');
    expect(line['control']).toEqual([]);
    expect(line['ledger']).not.toHaveProperty('logical');
  });

  it.each(Object.entries(SAMPLES))('never says null or undefined: %s', async (_, options) => {
    const text = JSON.stringify(runResult(await sampleFacts(options), { exitCode: 3 }));
    expect(text).not.toMatch(/null|undefined|NaN/);
    expect(JSON.parse(text)).toMatchObject({ schema: 'paceline.run/1', exitCode: 3 });
  });

  it('gives no size to a comparison that measured nothing', async () => {
    const { control } = run(await sampleFacts({ hasGains: false })) as unknown as {
      control: readonly object[];
    };
    expect(control).toHaveLength(2);
    for (const one of control) {
      expect(one).toMatchObject({ verdict: 'identical' });
      expect(one).not.toHaveProperty('effect');
      expect(one).not.toHaveProperty('interval');
    }
  });

  it('states effects in the metric’s own direction', async () => {
    const flipped = sampleLedger().map((event) =>
      event.type === 'study.opened'
        ? { ...event, body: { ...event.body, metric: { ...event.body.metric, goal: 'max' } } }
        : event,
    ) as ReturnType<typeof sampleLedger>;
    const signs = async (ledger: typeof flipped): Promise<readonly number[]> => {
      const { promotions } = run(await factsFrom(ledger)) as unknown as {
        promotions: readonly { effect: number; interval: readonly [number, number] }[];
      };
      for (const { effect, interval } of promotions) {
        expect(interval[0]).toBeLessThan(effect);
        expect(interval[1]).toBeGreaterThan(effect);
      }
      return promotions.map(({ effect }) => Math.sign(effect));
    };
    // Lower scores were recorded after each promotion, whichever direction is called better.
    expect(await signs(sampleLedger())).toEqual([-1, -1]);
    expect(await signs(flipped)).toEqual([-1, -1]);
  });

  it('sums up the incumbent from its own raw scores', () => {
    const { incumbent } = run(facts) as unknown as {
      incumbent: {
        candidate: string;
        parents: readonly string[];
        metrics: Record<'train' | 'confirm', { excess: { mean: number; sd: number; n: number } }>;
      };
    };
    const promoted = sampleLedger().findLast(({ type }) => type === 'candidate.promoted');
    const trial = promoted?.trial;
    const block = sampleLedger().flatMap((event) =>
      event.type === 'measurement.recorded' &&
      event.trial === trial &&
      event.body.purpose === 'block'
        ? event.body.values.filter((value) => value !== null)
        : [],
    );
    expect(promoted?.body).toMatchObject({ candidate: incumbent.candidate, n: block.length });
    expect(incumbent.metrics.confirm.excess.mean).toBeCloseTo(mean(block), 12);
    expect(incumbent.metrics.confirm.excess.n).toBe(block.length);
    expect(incumbent.metrics.train.excess.n).toBe(6);
    expect(incumbent.parents).toHaveLength(1);
  });

  it('counts no outcome for a duplicate that was never measured', () => {
    const { trials, measurements } = run(facts) as unknown as {
      trials: { total: number; ends: Record<string, number> };
      measurements: Record<string, number>;
    };
    const measured = Object.values(measurements).reduce((sum, one) => sum + one, 0);
    expect(trials.ends['duplicate']).toBeGreaterThan(0);
    expect(measured).toBe(trials.total - (trials.ends['duplicate'] ?? 0));
  });

  it('lets no foreign text drive the terminal it is printed on', async () => {
    const text = JSON.stringify(runResult(await sampleFacts(SAMPLES['hostile']), { exitCode: 0 }));
    expect(text).toContain('<script>');
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]|\\u001b/);
  });
});

interface WholeReport {
  readonly questions: readonly {
    readonly number: number;
    readonly facts: readonly string[];
    readonly rows: readonly { readonly text: string; readonly facts: readonly string[] }[];
  }[];
  readonly facts: Readonly<Record<string, { readonly entries: { readonly seqs: number[] } }>>;
  readonly verdict: readonly string[];
  readonly trajectory: readonly { readonly steps: readonly { readonly seq: number }[] }[];
}

describe('report.json', () => {
  const report = JSON.parse(JSON.stringify(jsonReport(facts))) as WholeReport;

  it('has a versioned schema, five lines of verdict and the eleven questions in order', () => {
    expect(report).toMatchObject({ schema: 'paceline.report/1', study: 'bin-packing-7f3a' });
    expect(report.verdict).toHaveLength(5);
    expect(report.questions.map(({ number }) => number)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
  });

  it('names for every sentence the facts it rests on, and for every fact its entries', () => {
    const named = report.questions.flatMap(({ facts: ids, rows }) => [
      ...ids,
      ...rows.flatMap((row) => row.facts),
    ]);
    expect(named.length).toBeGreaterThan(50);
    for (const id of named) expect(report.facts).toHaveProperty([id, 'entries', 'seqs']);
    expect(Object.keys(report.facts)).toEqual([...facts.book.keys()]);
  });

  it('leaves no number in a sentence that is not in one of its facts', () => {
    for (const { rows } of report.questions) {
      for (const row of rows) {
        const rest = row.facts
          .map((id) => facts.book.get(id)?.text ?? '')
          .sort((a, b) => b.length - a.length)
          .reduce((text, known) => text.replaceAll(known, ''), row.text);
        expect(rest).not.toMatch(/\d/);
      }
    }
  });

  it('draws its steps from entries', () => {
    const steps = report.trajectory.flatMap((arm) => arm.steps);
    const types = steps.map(({ seq }) => sampleLedger()[seq - 1]?.type);
    expect(types).toEqual(['candidate.promoted', 'candidate.promoted', 'trial.confirmed']);
  });

  it.each(Object.entries(SAMPLES))('is JSON for every study: %s', async (_, options) => {
    const text = JSON.stringify(jsonReport(await sampleFacts(options)));
    expect(text).not.toMatch(/:null|undefined|NaN|\\u001b|\u202e|\u009b/);
  });
});
