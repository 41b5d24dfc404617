import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../core/events.ts';
import { sampleLedger } from '../testing/sample-ledger.ts';
import { factsFrom, SAMPLES, sampleFacts } from '../testing/sample-report.ts';
import { htmlReport } from './html.ts';

const html = htmlReport(await sampleFacts());

/** Sentences of a page: text outside of tags, style and drawings. */
function textOf(page: string): string {
  return page
    .replace(/<style>[\s\S]*?<\/style>|<svg[\s\S]*?<\/svg>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

describe('report.html', () => {
  it('reads as it should', () => {
    expect(textOf(html).replaceAll(' . ', '. ')).toMatchSnapshot();
  });

  it('is one file: no script, no request', () => {
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\ssrc=|\shref=|@import|url\(|https?:/);
    expect(html).toContain("default-src 'none'");
    expect(Buffer.byteLength(html)).toBeLessThan(200_000);
  });

  it.each(Object.entries(SAMPLES))(
    'answers the eleven questions in order: %s',
    async (_, options) => {
      const page = htmlReport(await sampleFacts(options));
      const numbers = [...page.matchAll(/data-question="(\d+)">\1</g)].map(([, one]) =>
        Number(one),
      );
      expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
      expect(textOf(page)).not.toMatch(/undefined|NaN|null/);
    },
  );

  it('keeps foreign text from being markup', async () => {
    const page = htmlReport(await sampleFacts(SAMPLES['hostile']));
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/[\u001b\u202e\u009b]/);
    for (const [, value = ''] of page.matchAll(/="([^"]*)"/g)) expect(value).not.toMatch(/[<>]/);
  });

  it('says at once when the ledger does not fit together', async () => {
    const wrongSecret = sampleLedger().map((event) =>
      event.type === 'study.closed'
        ? { ...event, body: { ...event.body, revealedSecret: 'another' } }
        : event,
    ) as readonly StoredEvent[];
    const page = htmlReport(await factsFrom(wrongSecret));
    expect(page).toMatch(/class="warning">[^<]*secret[^<]*<span[^>]*>does NOT fit/);
    expect(html).not.toContain('class="warning"');
  });
});

/** Every coordinate of a drawing, by axis, as far as its path commands give them away. */
function placesOf(svg: string): readonly (readonly [number, number])[] {
  const pairs = [...svg.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)];
  const points = [...svg.matchAll(/c?x="(-?[\d.]+)" c?y="(-?[\d.]+)"/g)];
  return [...pairs, ...points].map(([, x, y]) => [Number(x), Number(y)]);
}

describe('the drawings', () => {
  it.each(Object.entries(SAMPLES))('stay inside their frame: %s', async (_, options) => {
    const page = htmlReport(await sampleFacts(options));
    const drawings = page.match(/<svg[\s\S]*?<\/svg>/g) ?? [];
    expect(drawings.length).toBeGreaterThan(0);
    for (const svg of drawings) {
      const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
      const places = placesOf(svg);
      expect(places.length).toBeGreaterThan(5);
      for (const [x, y] of places) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(Number(width));
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(Number(height));
      }
    }
  });

  it('show one step and one error bar for each promotion, and the control’s own steps', () => {
    expect(html.match(/class="bar"/g)).toHaveLength(2);
    expect(html.match(/class="steps main" d="[^"]*"/g)).toHaveLength(1);
    const control = /class="steps control" d="([^"]*)"/.exec(html)?.[1] ?? '';
    expect(control.match(/L/g)?.length).toBeGreaterThan(2);
  });

  it('show an interval for the origin, the control and each promotion, and none where nothing was compared', async () => {
    expect(html.match(/class="interval /g)).toHaveLength(4);
    const none = htmlReport(await sampleFacts({ hasGains: false }));
    expect(none).not.toContain('class="interval ');
    expect(none).toContain('figures alone');
  });

  it('are left out before there is anything to draw', async () => {
    const page = htmlReport(await factsFrom(sampleLedger().slice(0, 1)));
    expect(page).not.toContain('<svg');
  });

  it('give wide numbers the room they need', async () => {
    const large = sampleLedger().map((event) =>
      event.type === 'noise.measured'
        ? { ...event, body: { ...event.body, values: event.body.values.map((one) => one + 1e7) } }
        : event,
    ) as readonly StoredEvent[];
    const page = htmlReport(await factsFrom(large));
    const [, axis = ''] = /data-scale="y">(.*?)<\/g>/.exec(page) ?? [];
    for (const [, x = '', text = ''] of axis.matchAll(/x="([\d.]+)"[^>]*>([^<]+)</g))
      expect(Number(x)).toBeGreaterThan(6 * text.length);
  });
});
