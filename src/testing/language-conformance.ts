/** The promises of a language as tests: what its variations may never do, and how often they work. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { publicRoot } from '../core/rng.ts';
import type { Language, Source, Span } from '../source/language.ts';
import { lawOrReason, type Suite } from './suite.ts';

/** Whatever is a text instead of a subject is the reason why that law cannot apply. */
export interface LanguageSubject {
  readonly language: Language;
  /** Programs of the language, two at least: each mates with the others. */
  readonly programs: readonly string[];
  /** The same program written differently: other layout, other comments. */
  readonly rewritten: readonly (readonly [string, string])[];
  /** A text that is not of the language. */
  readonly broken: { readonly text: string } | string;
  /** Least share of draws, over all variations, that make a child which is of the language. */
  readonly valid: number;
}

/** What the draws of a language came to. */
export interface Yield {
  readonly draws: number;
  /** Children made, and those of them without a complaint. */
  readonly children: number;
  readonly valid: number;
  /** Valid children whose normal form differs from that of their parent. */
  readonly different: number;
}

const RUNS = 150;

const rngOf = (seed: number) => publicRoot(`language ${seed}`).stream(0, 'vary');

export function wholeOf(text: string): Source {
  return { text, spans: [{ start: 0, end: text.length }] };
}

/** Every variation on every program, so many times each. */
export function yieldOf(
  { language, programs }: Pick<LanguageSubject, 'language' | 'programs'>,
  repeats: number,
): ReadonlyMap<string, Yield> {
  return new Map(
    language.variations.map(({ name, vary }) => {
      const counts = { draws: 0, children: 0, valid: 0, different: 0 };
      for (let i = 0; i < repeats * programs.length; i++) {
        const text = programs[i % programs.length] as string;
        const mate = wholeOf(programs[(i * 7 + 1) % programs.length] as string);
        const child = vary(wholeOf(text), rngOf(i), mate);
        counts.draws += 1;
        if (child === undefined) continue;
        counts.children += 1;
        if (language.complaint(child) !== undefined) continue;
        counts.valid += 1;
        if (language.normalise(child) !== language.normalise(text)) counts.different += 1;
      }
      return [name, counts];
    }),
  );
}

export function languageConformance(suite: Suite, subject: LanguageSubject): void {
  variationLaws(suite, subject);
  textLaws(suite, subject);
}

/** Any program, any spans of whole lines in it, any mate. */
function cases({ programs }: LanguageSubject) {
  return fc
    .record({
      text: fc.constantFrom(...programs),
      mate: fc.constantFrom(...programs),
      seed: fc.nat(),
      cuts: fc.uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: 2,
        maxLength: 4,
      }),
    })
    .map(({ text, mate, seed, cuts }) => ({
      source: { text, spans: spansOf(text, cuts) },
      mate: wholeOf(mate),
      seed,
    }));
}

/** Spans between pairs of line ends. */
function spansOf(text: string, cuts: readonly number[]): readonly Span[] {
  const ends = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1), text.length];
  const at = [...new Set(cuts.map((cut) => ends[Math.floor(cut * (ends.length - 1))] ?? 0))];
  const sorted = at.sort((a, b) => a - b);
  const spans: Span[] = [];
  for (let i = 0; i + 1 < sorted.length; i += 2) {
    spans.push({ start: sorted[i] as number, end: sorted[i + 1] as number });
  }
  return spans;
}

function variationLaws(suite: Suite, subject: LanguageSubject): void {
  const { variations } = subject.language;
  suite.test('nothing outside the spans changes', async () => {
    fc.assert(
      fc.property(cases(subject), ({ source, mate, seed }) => {
        for (const { name, vary } of variations) {
          const child = vary(source, rngOf(seed), mate);
          if (child !== undefined) assert.ok(keepsOutside(source, child), `${name}: ${child}`);
        }
      }),
      { numRuns: RUNS },
    );
  });
  suite.test('one stream makes one child, and it is not the parent', async () => {
    fc.assert(
      fc.property(cases(subject), ({ source, mate, seed }) => {
        for (const { vary } of variations) {
          const child = vary(source, rngOf(seed), mate);
          assert.equal(vary(source, rngOf(seed), mate), child);
          assert.notEqual(child, source.text);
        }
      }),
      { numRuns: RUNS },
    );
  });
  suite.test('without spans there is nothing to vary', async () => {
    for (const { vary } of variations) {
      for (const text of subject.programs) {
        assert.equal(vary({ text, spans: [] }, rngOf(1), wholeOf(text)), undefined);
      }
    }
  });
  suite.test(
    'each variation makes children, most of all children are of the language',
    async () => {
      const found = [...yieldOf(subject, 30)];
      for (const [name, { valid }] of found) assert.ok(valid > 0, `${name} never works`);
      const sum = (key: keyof Yield): number => found.reduce((all, [, one]) => all + one[key], 0);
      assert.ok(sum('valid') >= subject.valid * sum('draws'), `${sum('valid')} of ${sum('draws')}`);
    },
  );
}

/** The parts before, between and after the spans stand in the child in this order. */
function keepsOutside({ text, spans }: Source, child: string): boolean {
  const starts = [0, ...spans.map(({ end }) => end)];
  const parts = starts.map((start, i) => text.slice(start, spans[i]?.start ?? text.length));
  const [head = '', ...rest] = parts;
  if (!child.startsWith(head)) return false;
  const tail = rest.pop() ?? '';
  if (rest.length + 1 === starts.length && !child.endsWith(tail)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = child.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= child.length - tail.length;
}

function textLaws(suite: Suite, subject: LanguageSubject): void {
  const { language, programs, rewritten } = subject;
  suite.test('its programs are of the language', async () => {
    for (const text of programs) assert.equal(language.complaint(text), undefined);
  });
  lawOrReason(suite, 'a broken text is refused with a sentence', {
    needs: subject.broken,
    law: async ({ text }) => assert.match(language.complaint(text) ?? '', /^.+[.]$/s),
  });
  suite.test('the normal form is its own, and the same for the same program', async () => {
    for (const text of [...programs, ...rewritten.flat()]) {
      const normal = language.normalise(text);
      assert.equal(language.normalise(normal), normal);
    }
    for (const [a, b] of rewritten) assert.equal(language.normalise(a), language.normalise(b));
    assert.equal(new Set(programs.map((text) => language.normalise(text))).size, programs.length);
  });
  suite.test('layout is no size, and programs have their own', async () => {
    for (const [a, b] of rewritten) assert.equal(language.size(a), language.size(b));
    for (const text of programs) {
      assert.ok(Number.isInteger(language.size(text)) && language.size(text) > 0);
    }
    assert.ok(new Set(programs.map((text) => language.size(text))).size > 1);
  });
  suite.test('constants are literals of the text, in order', async () => {
    for (const text of programs) {
      const found = language.constants(text);
      assert.ok(found.length > 0);
      for (const [i, { start, end, value }] of found.entries()) {
        assert.ok(start >= (found[i - 1]?.end ?? 0) && end > start);
        assert.equal(Number(text.slice(start, end).replaceAll('_', '')), value);
      }
    }
  });
}
