/** The document beside the one the ledger gives now: words and drawings have no other source. */
import { lineDiff } from '../page/line-diff.ts';
import { type AuditFinding, quoted, WRITE_AGAIN } from './finding.ts';

/** Named lines; more would bury them. */
const LINES_NAMED = 5;

const ALTERED = 'this is not what the ledger gives; words, a drawing or a mark differ.';
const MISSING = 'the ledger gives this line, and the document lacks it.';

interface Versions {
  readonly written: string;
  readonly fresh: string;
}

/** Lines that a `traced` finding names already are not named twice. */
export function compareLines(
  name: string,
  { written, fresh }: Versions,
  traced: readonly AuditFinding[],
): readonly AuditFinding[] {
  if (written === fresh) return [];
  const { before, after } = lineDiff(fresh, written);
  const isNamed = (place: string): boolean =>
    traced.some((one) => one.place === place || one.place.startsWith(`${place} `));
  const altered = after.flatMap(({ text, isChanged }, i) => {
    const place = `${name} line ${i + 1}`;
    return isChanged && !isNamed(place)
      ? [{ place, text: `${quoted(text)}: ${ALTERED}`, advice: WRITE_AGAIN }]
      : [];
  });
  if (altered.length > 0 || traced.length > 0) return altered.slice(0, LINES_NAMED);
  const missing = before.find(({ isChanged }) => isChanged)?.text ?? '';
  return [{ place: name, text: `${quoted(missing)}: ${MISSING}`, advice: WRITE_AGAIN }];
}
