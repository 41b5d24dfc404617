/**
 * Finds a metric in what a program prints for people: `METRIC p50_ms=12.3`, `p50_ms: 12.3 ms`,
 * `p50_ms = 12.3` or a line of JSON with `"p50_ms": 12.3`. It must stand there once, or once in a
 * METRIC line: of several numbers nobody could say which one is meant.
 */
import { stripVTControlCharacters } from 'node:util';

/** Metrics by name: those that were found; of the others, why not. */
export interface Printed {
  readonly metrics: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, string>>;
}

const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?`;

/** Not the beginning of a longer one, as in 1,234 or 12:30. */
const WHOLE = String.raw`(?![.,:/]?\d)`;

/** Within a line: a match that ran on from line to line would take the square of what was printed. */
const GAP = String.raw`[^\S\n]`;

export function readPrinted(text: string, names: readonly string[]): Printed {
  // Colours, which a test runner writes even into a pipe where it is told to.
  const plain = stripVTControlCharacters(text);
  const metrics: Record<string, number> = {};
  const faults: Record<string, string> = {};
  for (const name of names) {
    const found = valuesOf(plain, name);
    const [value] = found;
    if (found.length === 1 && value !== undefined && Number.isFinite(value)) metrics[name] = value;
    else faults[name] = faultOf(name, found);
  }
  return { metrics, faults };
}

/** Those of METRIC lines where there are any. */
function valuesOf(text: string, name: string): readonly number[] {
  const stated = matches(
    text,
    String.raw`^METRIC${GAP}+(?:\S+${GAP}+)*?${name}=(${NUMBER})(?=\s|$)`,
  );
  if (stated.length > 0) return stated;
  return matches(
    text,
    String.raw`(?<![\w.-])["']?${name}["']?${GAP}*[:=]${GAP}*(${NUMBER})${WHOLE}`,
  );
}

function matches(text: string, pattern: string): readonly number[] {
  return [...text.matchAll(new RegExp(pattern, 'gim'))].map(([, number]) => Number(number));
}

function faultOf(name: string, found: readonly number[]): string {
  if (found.length === 1) return `It printed a ${name} that is not a finite number.`;
  return found.length === 0
    ? `It printed no ${name}. Let it print a line such as METRIC ${name}=12.3, or ${name}: 12.3.`
    : `It printed ${name} ${found.length} times. Let it print one line METRIC ${name}=12.3.`;
}
