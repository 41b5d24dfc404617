/** Numbers of a text: one moved on a logarithmic scale or to a neighbour, or all of them a little. */
import type { Rng } from '../core/rng.ts';
import { edited, isInside, numberText, pick } from './edit.ts';
import type { NumberSpan, Source, Variation } from './language.ts';

type ConstantsOf = (text: string) => readonly NumberSpan[];

/** Relative steps, log-uniform, because nobody knows the scale that matters. */
const STEP = { least: 0.02, most: 1 } as const;

/** Added to |x|, so that a number at 0 can move. */
const STEP_OFFSET = 0.1;

/** Scale of the coordinated move, relative to a single step. */
const JITTER = 0.5;

function step(rng: Rng): number {
  return STEP.least * (STEP.most / STEP.least) ** rng.float();
}

/** A number near `value` or of another magnitude. */
function moved(rng: Rng, value: number): number {
  switch (rng.int(4)) {
    case 0:
      return value + 1;
    case 1:
      return value - 1;
    case 2:
      return value * 2 ** rng.normal();
    default:
      return value + step(rng) * (Math.abs(value) + STEP_OFFSET) * rng.normal();
  }
}

function numbersOf({ text, spans }: Source, constantsOf: ConstantsOf): readonly NumberSpan[] {
  return constantsOf(text).filter((span) => isInside(spans, span));
}

/** `constant` moves one number, `jitter` all. */
export function constantVariations(constantsOf: ConstantsOf): readonly Variation[] {
  const rewrite = (source: Source, spans: readonly NumberSpan[], change: (v: number) => number) => {
    const edits = spans.flatMap((span) => {
      const text = numberText(source.text, span, change(span.value));
      return text === undefined ? [] : [{ start: span.start, end: span.end, text }];
    });
    return edited(source, edits);
  };
  return [
    {
      name: 'constant',
      vary(source, rng) {
        const span = pick(rng, numbersOf(source, constantsOf));
        return span && rewrite(source, [span], (value) => moved(rng, value));
      },
    },
    {
      name: 'jitter',
      vary(source, rng) {
        const sigma = step(rng) * JITTER;
        return rewrite(
          source,
          numbersOf(source, constantsOf),
          (value) => value + sigma * (Math.abs(value) + STEP_OFFSET) * rng.normal(),
        );
      },
    },
  ];
}
