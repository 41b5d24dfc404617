/** Text and data of foreign origin as a sentence may hold them: one line, no control characters, cut. */
import type { Json } from '../../core/json.ts';

const MOST = 300;
const CONTROLS = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

export function quoted(text: string): string {
  const line = text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(CONTROLS, '')
    .trim();
  return line.length <= MOST ? line : `${line.slice(0, MOST)} …`;
}

export function shown(value: Json): string {
  return quoted(JSON.stringify(value));
}
