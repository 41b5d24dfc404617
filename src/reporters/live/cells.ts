/** Lines measured in terminal cells. */

/** From here on characters may take two cells (Hangul, CJK, emoji): counting two never overflows. */
const FIRST_WIDE = 0x1100;
/** Our own marks above that line take one. */
const NARROW = /[\u2010-\u2027\u2190-\u21ff\u2200-\u22ff\u2500-\u257f]/;

function cellsOf(character: string): number {
  return (character.codePointAt(0) ?? 0) < FIRST_WIDE || NARROW.test(character) ? 1 : 2;
}

/** At most `width` cells; what was cut off ends in an ellipsis. Text without control characters. */
export function fitted(text: string, width: number): string {
  const characters = [...text];
  const total = characters.reduce((sum, one) => sum + cellsOf(one), 0);
  if (total <= width) return text;
  let used = 1;
  let kept = '';
  for (const character of characters) {
    used += cellsOf(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept}…`;
}
