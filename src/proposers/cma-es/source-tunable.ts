/**
 * The numbers of a program inside its editable spans. A coordinate is a number in units of its own
 * size, so that one step width suits 0.01 and 1000 alike; where a value below 0 has no text, 0 stands.
 */
import { numberText } from '../../source/edit.ts';
import type { NumberSpan } from '../../source/language.ts';
import { decodeProgram, encodeProgram } from '../../source/program.ts';
import { type Languages, programConstants, programKey, programSize } from '../../source/reading.ts';
import type { Tunable } from './tunable.ts';

export interface SourceTunableOptions {
  /** Canonical text of the program whose numbers are tuned. */
  readonly origin: string;
  /** Further languages by file extension. */
  readonly languages: Languages;
}

/** What a number of 0 is measured in. */
const UNIT = 1;

/** `start` is empty for a program without numbers: nothing can be tuned there. */
export function sourceTunable({ origin, languages }: SourceTunableOptions): Tunable {
  const program = decodeProgram(origin);
  const numbers = programConstants(program, languages);
  const all = numbers.flatMap(([, spans]) => spans);
  const scales = all.map(({ value }) => Math.abs(value) || UNIT);

  function textOf(point: ArrayLike<number>): string {
    let next = 0;
    const files = numbers.map(([path, spans]) => {
      const values = spans.map(() => (point[next] as number) * (scales[next++] as number));
      return [path, written(program.files[path] as string, spans, values)] as const;
    });
    return encodeProgram({ files: Object.fromEntries(files) });
  }

  return {
    start: all.map(({ value }, i) => value / (scales[i] as number)),
    textOf,
    keyOf: (text) => programKey(decodeProgram(text), languages),
    sizeOf: (text) => programSize(decodeProgram(text), languages),
  };
}

function written(text: string, spans: readonly NumberSpan[], values: readonly number[]): string {
  let out = '';
  let done = 0;
  for (const [i, span] of spans.entries()) {
    const value = values[i] as number;
    const literal = text.slice(span.start, span.end);
    // At its own value a literal stays as it was written.
    const number =
      value === span.value
        ? literal
        : (numberText(text, span, value) ?? numberText(text, span, Math.max(0, value)) ?? literal);
    out += text.slice(done, span.start) + number;
    done = span.end;
  }
  return out + text.slice(done);
}
