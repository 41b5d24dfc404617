import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isThorough } from '../../test/thorough.ts';
import { GENESIS } from '../core/chain.ts';
import type { EventDraft, StoredEvent } from '../core/events.ts';
import type { Json } from '../core/json.ts';
import { encode } from '../stores/encode.ts';
import { sampleLedger } from '../testing/sample-ledger.ts';
import { factsFrom, pagesOf, SAMPLES } from '../testing/sample-report.ts';
import { traceHtml } from './audit/trace-html.ts';
import { traceMarkdown } from './audit/trace-markdown.ts';
import { auditReport } from './audit.ts';
import type { ReportFacts } from './facts.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { markdownReport } from './markdown.ts';
import type { Fact } from './report/fact.ts';
import { GIVEN_FACTS } from './report/facts-study.ts';

const events = sampleLedger();
const facts = await factsFrom(events);
const html = htmlReport(facts);
const markdown = markdownReport(facts);
const json = jsonReport(facts);

interface Planted {
  readonly html?: string;
  readonly markdown?: string;
  readonly json?: Json;
  readonly facts?: ReportFacts;
  readonly events?: readonly StoredEvent[];
}

async function audit(planted: Planted): Promise<readonly string[]> {
  const documents = { html, markdown, json, ...planted };
  const findings = await auditReport(
    documents,
    planted.facts ?? facts,
    pagesOf(planted.events ?? events),
  );
  return findings.map(({ place, text, advice }) => `${place}: ${text} ${advice}`);
}

/** The text with `from` replaced once; a plant that changes nothing would prove nothing. */
function edited(text: string, from: string | RegExp, to: string): string {
  const result = text.replace(from, to);
  if (result === text) throw new Error(`nothing to edit: ${from}`);
  return result;
}

function withFact(id: string, change: Partial<Fact>): ReportFacts {
  const fact = facts.book.get(id);
  if (!fact) throw new Error(`no fact ${id}`);
  return { ...facts, book: new Map(facts.book).set(id, { ...fact, ...change }) };
}

/** The ledger with one entry's body changed. */
function altered(seq: number, change: object): readonly StoredEvent[] {
  return events.map((event) =>
    event.seq === seq ? ({ ...event, body: { ...event.body, ...change } } as StoredEvent) : event,
  );
}

/** The same, chained again by somebody who knows how. */
function rechained(changed: readonly StoredEvent[]): readonly StoredEvent[] {
  return encode({ head: GENESIS, epoch: 0 }, changed as readonly EventDraft[], 0).events;
}

const documentsOf = (found: ReportFacts) => ({
  html: htmlReport(found),
  markdown: markdownReport(found),
  json: jsonReport(found),
});

describe('an untouched report', () => {
  it.each(Object.entries(SAMPLES))('has no finding: %s', async (_, options) => {
    const entries = sampleLedger(options);
    const found = await factsFrom(entries);
    const documents = documentsOf(found);
    expect(await auditReport(documents, found, pagesOf(entries))).toEqual([]);
  });

  it('has no finding for a ledger without entries', async () => {
    const none = await factsFrom([]);
    const documents = documentsOf(none);
    expect(await auditReport(documents, none, pagesOf([]))).toEqual([]);
  });
});

describe('a number edited in the HTML', () => {
  it('is found with its fact, its line and what the ledger gives', async () => {
    const found = await audit({
      html: edited(html, '>1.59 points [', '>1.95 points ['),
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('compared.origin.gain');
    expect(found[0]).toContain('"1.95 points [1.54, 1.64]"');
    expect(found[0]).toContain('the ledger gives "1.59 points [1.54, 1.64]"');
    expect(found[0]).toContain('paceline report');
  });

  it('is found wherever a fact stands', () => {
    const places = [...html.matchAll(/data-fact="[^"]*"[^>]*>([^<]*\d)[^<]*</g)];
    expect(places.length).toBeGreaterThan(200);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const at = place.index + place[0].lastIndexOf(place[1] ?? '') + (place[1] ?? '').length - 1;
        const digit = (Number(html[at]) + by) % 10;
        const planted = html.slice(0, at) + digit + html.slice(at + 1);
        expect(traceHtml(planted, facts.book)).not.toEqual([]);
      }),
      { seed: 2, numRuns: isThorough ? 60 : 20 },
    );
  });

  it('is found when it becomes another fact of the same report', async () => {
    const planted = edited(html, '>400</span> trials', '>457</span> trials');
    expect(await audit({ html: planted })).toEqual([expect.stringContaining('trials.total')]);
  });
});

describe('a number added by hand to the HTML', () => {
  it.each([
    ['to a sentence', '</h1>', ' and saves 30 hours</h1>'],
    ['to what is read aloud', 'aria-label="Paired', 'aria-label="3 times better: Paired'],
    ['to a pointer', '<h2>', '<h2 title="p = 0.001">'],
    ['as an entity', '</h1>', ' &#51; times</h1>'],
    ['in other digits', '</h1>', ' ² times</h1>'],
    ['to an axis', /(<g class="axis" data-scale="y">.*?<text[^>]*>)4</, '$10.4<'],
    ['as a fact nobody derived', '</h1>', ' <span data-fact="made.up">7</span></h1>'],
    ['by the style', '</style>', 'h1::after{content:" ×10"}</style>'],
  ])('%s is found', async (_, from, to) => {
    const [first] = await audit({ html: edited(html, from, to) });
    expect(first).toMatch(/^report\.html line \d+/);
    expect(traceHtml(edited(html, from, to), facts.book)).not.toEqual([]);
  });

  it('as a pointer at other entries is found', async () => {
    const planted = edited(html, /(data-fact="trials\.total" data-seqs=")[^"]*/, '$11–9');
    expect(await audit({ html: planted })).toEqual([expect.stringContaining('other entries')]);
  });
});

describe('what has no number in the HTML', () => {
  it.each([
    ['a word', ' beats the untouched', ' crushes the untouched'],
    ['a drawn line', /(class="steps main" d="M[\d.]+),/, '$19,'],
    ['a script', '</main>', '<script>document.body.remove()</script></main>'],
    ['broken markup', '</main>', '< main></main>'],
    ['an answer left out', /<li class="answer">.*?<\/li>\n/, ''],
  ])('%s is found', async (_, from, to) => {
    expect(await audit({ html: edited(html, from, to) })).not.toEqual([]);
  });
});

describe('the Markdown', () => {
  it('is found out with an edited number', async () => {
    const found = await audit({
      markdown: edited(markdown, '1.59 points', '1.95 points'),
    });
    expect(found[0]).toMatch(/^report\.md line 1: "1\.95": this number is no fact/);
  });

  it.each([
    ['added to a sentence', '. No person looked', '; 30 hours saved. No person looked'],
    ['added to the source', '+  return', '+  return 3 *'],
    ['that is another fact', '400 trials', '457 trials'],
    ['that is a part of one', '400 trials', '40 trials'],
    ['of a question', '\n3. **', '\n4. **'],
  ])('is found out with a number %s', async (_, from, to) => {
    const [first, ...others] = await audit({ markdown: edited(markdown, from, to) });
    expect(first).toMatch(/^report\.md line \d+/);
    expect(others.length).toBeLessThan(9);
  });

  it('is found out with another word, and with a line less', async () => {
    expect(await audit({ markdown: edited(markdown, ' beats ', ' crushes ') })).toHaveLength(1);
    expect(await audit({ markdown: edited(markdown, /\n8\. .*/, '') })).not.toEqual([]);
    const shorter = markdown.split('\n').filter((line) => !line.includes('- confirm seeds:'));
    expect(await audit({ markdown: shorter.join('\n') })).toEqual([
      expect.stringContaining('lacks it'),
    ]);
  });

  it('hides no digit behind a longer word or number', () => {
    const planted = edited(markdown, '400 trials', '1400 trials');
    expect(traceMarkdown(planted, facts.book)).toEqual([
      expect.objectContaining({ text: expect.stringContaining('"1400"') }),
    ]);
  });
});

describe('a fact', () => {
  it('is derived again: any other value is found, one by one', async () => {
    const lies = [...facts.book.values()].map((fact): [string, Fact] => [
      fact.id,
      { ...fact, value: typeof fact.value === 'number' ? fact.value + 1 : `${fact.value} not` },
    ]);
    const found = await audit({ facts: { ...facts, book: new Map(lies) } });
    const accused = found.flatMap((line) => /^fact (\S+):/.exec(line)?.[1] ?? []);
    expect(accused.sort()).toEqual(lies.map(([id]) => id).sort());
  });

  it.each([
    ['an entry past the end', { seqs: [999] }, 'names entry 999'],
    ['no entry', { seqs: [], span: undefined }, 'names no entry'],
    ['entries that do not show it', { seqs: [1] }, 'derived again from entry 1'],
  ])('that names %s is found', async (_, change, complaint) => {
    const found = await audit({ facts: withFact('floor.scale', change as Partial<Fact>) });
    expect(found).toEqual([expect.stringContaining(complaint)]);
  });

  it('that the report leaves out is found', async () => {
    const book = new Map(facts.book);
    book.delete('safety.unchecked');
    expect(await audit({ facts: { ...facts, book } })).toEqual([
      expect.stringContaining('leaves it out'),
    ]);
  });

  it('needs an entry, but for a listed few', () => {
    const rootless = [...facts.book.values()].filter(
      ({ seqs, span }) => seqs.length === 0 && !span,
    );
    expect(rootless.map(({ id }) => id)).toEqual(GIVEN_FACTS.filter((id) => facts.book.has(id)));
  });
});

describe('an altered ledger', () => {
  const settled = events.find(({ type }) => type === 'trial.settled')?.seq ?? 0;
  const promoted = events.find(({ type }) => type === 'candidate.promoted')?.seq ?? 0;

  it('is found by its chain, whatever was changed', async () => {
    const changed = altered(settled, { size: 10 });
    expect(await audit({ events: changed })).toEqual([
      expect.stringMatching(new RegExp(`^entry ${settled}: trial.settled: not the entry`)),
    ]);
  });

  it('is found with an entry taken out', async () => {
    const found = await audit({ events: events.filter(({ seq }) => seq !== settled) });
    expect(found[0]).toContain(`entry ${settled + 1}: `);
  });

  it('chained again gives other facts than the report has', async () => {
    const changed = rechained(altered(settled, { evals: 100 }));
    const found = await audit({ events: changed });
    expect(found).toContainEqual(expect.stringContaining('fact evals.total'));
    expect(found).toContainEqual(expect.stringContaining('fact ledger.hash'));
  });

  it('chained and reported again still contradicts its own pairs', async () => {
    const changed = rechained(altered(promoted, { gain: 2, interval: [1.9, 2.1] }));
    const found = await factsFrom(changed);
    const documents = documentsOf(found);
    const findings = await auditReport(documents, found, pagesOf(changed));
    expect(findings).toEqual([
      expect.objectContaining({ place: 'ledger', text: expect.stringContaining('contradicts') }),
    ]);
    expect(documents.html).toContain('class="warning"');
    expect(documents.markdown).toContain('**Warning:**');
  });

  it('with another digest than the store named is found', async () => {
    const { hash: logical } = events[0] ?? GENESIS;
    const given = { ...facts.given, head: { logical } };
    const found = await factsFrom(events).then((again) => ({ ...again, given }));
    expect(await audit({ facts: found })).toContainEqual(expect.stringContaining('logical digest'));
  });
});

describe('report.json', () => {
  const text = JSON.stringify(json);
  it.each<[string, (written: string) => string, RegExp]>([
    [
      'another number',
      (of) => edited(of, '"value":400', '"value":401'),
      /^report\.json facts\.[\w.]+\.value: says "401", the ledger gives "400"/,
    ],
    [
      'another text of a fact',
      (of) => edited(of, 'percent', 'per cent'),
      /^report\.json verdict\.0: says/,
    ],
    [
      'a number more',
      (of) => edited(of, /^\{/, '{"gain":9,'),
      /^report\.json gain: says "9", the ledger gives "nothing"/,
    ],
    [
      'a part less',
      () => JSON.stringify({ ...(json as object), facts: undefined }),
      /^report\.json facts: says "nothing"/,
    ],
  ])('is found with %s', async (_, change, says) => {
    const findings = await audit({ json: JSON.parse(change(text)) });
    expect(findings).toContainEqual(expect.stringMatching(says));
  });
});
