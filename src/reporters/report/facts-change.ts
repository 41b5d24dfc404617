/** Facts about what changed: the origin and the incumbent, as people read them. */
import type { AddFact, Fact } from './fact.ts';
import { everyOf } from './facts-trials.ts';
import type { Change, Given } from './given.ts';
import { leadingPromotion } from './leading.ts';
import { countText } from './number-text.ts';
import type { Tally } from './tally.ts';

export function addChangeFacts(tally: Tally, { toSource, change }: Given, add: AddFact): void {
  const { opened } = tally;
  if (opened) {
    const source = toSource(opened.body.originText);
    const how = 'The origin’s canonical text, printed as source.';
    add({ id: 'source.before', value: source, text: source, seqs: [opened.seq], how });
  }
  const last = leadingPromotion(tally);
  if (!last?.settled) return;
  const { settled, promoted } = last;
  const span = everyOf(tally, ['candidate.promoted']);
  const source = toSource(settled.body.text);
  const how = 'The canonical text of the incumbent, printed as source.';
  const seqs = [settled.seq, promoted.seq];
  add({ id: 'source.after', value: source, text: source, seqs, span, how });
  if (!opened || !change) return;
  const both = { seqs: [opened.seq, ...seqs], span };
  const changed = change(opened.body.originText, settled.body.text);
  addPatch(changed, (fact) => add({ ...fact, ...both }));
}

function addPatch({ files, scope }: Change, add: (fact: Omit<Fact, 'seqs'>) => void): void {
  const count = (id: string, value: number, how: string): void =>
    add({ id: `change.${id}`, value, text: countText(value), how });
  const signed = (sign: '+' | '-'): number =>
    files.reduce((sum, { unified }) => sum + signedLines(unified, sign), 0);
  count('files', files.length, 'Files that differ between the origin and the incumbent, counted.');
  count('added', signed('+'), 'Lines of the patch that begin with plus, headers left out.');
  count('removed', signed('-'), 'Lines of the patch that begin with minus, headers left out.');
  files.forEach(({ path, unified }, i) => {
    const how = 'Unified diff of this file, from the origin to the incumbent.';
    add({ id: `change.path.${i}`, value: path, text: path, how: 'A file that differs.' });
    add({ id: `source.patch.${i}`, value: unified, text: unified, how });
  });
  const reaches = scope.length === 0 ? 'no further import, file or privilege' : scope.join('; ');
  const how = 'Read from the text of both; code that hides what it does escapes it.';
  add({ id: 'change.scope', value: reaches, text: reaches, how });
}

/** The two lines that name the files, above the first hunk. */
const HEADER_LINES = 2;

function signedLines(unified: string, sign: '+' | '-'): number {
  return unified
    .split('\n')
    .slice(HEADER_LINES)
    .filter((line) => line.startsWith(sign)).length;
}
