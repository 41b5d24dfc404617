/**
 * Numbers of JSON data files, read and written exactly: a local optimum loses its last digits, and
 * with them its constraints, wherever a number is rounded. Numbers without a fraction are counts and
 * names, and stay as they are.
 */
import { PacelineError } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import { isInside } from '../../source/edit.ts';
import { json } from '../../source/json.ts';
import type { NumberSpan } from '../../source/language.ts';
import { extensionOf } from '../../source/language-of.ts';
import { decodeProgram, editableSpans, encodeProgram } from '../../source/program.ts';
import type { TaskKind } from '../../tasks/contract.ts';
import type { Tunable } from '../cma-es/tunable.ts';

export interface DataNumbers extends Tunable {
  /** The point of a candidate that `textOf` wrote. */
  pointOf(text: string): Float64Array;
}

export interface DataNumbersOptions {
  /** Canonical text of the program whose numbers are searched. */
  readonly origin: string;
  readonly kind: Pick<TaskKind, 'normalise' | 'size'>;
}

/** `start` is empty for a program without such numbers. */
export function dataNumbers({ origin, kind }: DataNumbersOptions): DataNumbers {
  const { files } = decodeProgram(origin);
  const start = numbersOf(files).map(({ value }) => value);
  return {
    start,
    sizeOf: kind.size,
    keyOf: (text) => sha256(kind.normalise(text)),
    textOf(point) {
      let next = 0;
      const written = Object.entries(files).map(([path, text]) => {
        const spans = spansOf(path, text);
        return [path, rewritten(text, spans, () => exactText(point[next++] as number))] as const;
      });
      return encodeProgram({ files: { ...files, ...Object.fromEntries(written) } });
    },
    pointOf: (text) =>
      Float64Array.from(numbersOf(decodeProgram(text).files), ({ value }) => value),
  };
}

function numbersOf(files: Readonly<Record<string, string>>): readonly NumberSpan[] {
  return Object.entries(files).flatMap(([path, text]) => spansOf(path, text));
}

function spansOf(path: string, text: string): readonly NumberSpan[] {
  if (extensionOf(path) !== 'json') return [];
  const editable = editableSpans(text);
  return json
    .constants(text)
    .filter((span) => isInside(editable, span) && /[.eE]/.test(text.slice(span.start, span.end)));
}

function rewritten(text: string, spans: readonly NumberSpan[], next: () => string): string {
  const starts = [0, ...spans.map(({ end }) => end)];
  return starts
    .map((start, i) => {
      const span = spans[i];
      return span ? text.slice(start, span.start) + next() : text.slice(start);
    })
    .join('');
}

/** The shortest text of just this double, with a fraction or an exponent. */
function exactText(value: number): string {
  if (!Number.isFinite(value)) {
    throw new PacelineError(
      'PROBLEM_INVALID',
      `The problem module gave the number ${value}, which no candidate can hold. Let repair return finite numbers, or objective NaN where a point is no solution.`,
      { value: String(value) },
    );
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
