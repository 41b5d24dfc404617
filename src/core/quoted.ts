/** Text that a candidate wrote, inside a sentence of ours: one line, short, and nothing that drives a screen. */

const MOST = 120;

/** Controls, format characters, private and broken ones, every break of a line. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]+/gu;

/** In double quotes, which do not occur inside. */
export function quoted(text: string): string {
  const line = text.replace(UNSEEN, ' ').replaceAll('"', '’').trim();
  return `"${line.length <= MOST ? line : `${line.slice(0, MOST)}…`}"`;
}
