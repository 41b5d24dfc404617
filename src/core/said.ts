/** Text that a foreign program wrote, made fit for one line of a sentence. */

const LONGEST = 300;

/** Without control and format characters, on one line, cut; in quotes unless it stands by itself. */
export function said(text: string, { quotes = true }: { readonly quotes?: boolean } = {}): string {
  const line = text
    .slice(0, 4 * LONGEST)
    .replace(/\s+/gu, ' ')
    .replace(/[\p{C}\u2028\u2029]/gu, '\ufffd')
    .trim();
  const cut = [...line].length > LONGEST ? `${[...line].slice(0, LONGEST).join('')}…` : line;
  return quotes ? JSON.stringify(cut) : cut;
}

/** The last line that says something. */
export function lastSaid(text: string): string {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  return lines.length === 0 ? 'It printed nothing.' : `Its last line: ${said(lines.at(-1) ?? '')}.`;
}
