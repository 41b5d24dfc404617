/** A request as a person reads it before deciding. What candidates wrote is stripped where it is printed. */
import type { RequestShown } from '../app/approve/describe.ts';
import { answerWords } from '../app/approve/left.ts';
import type { StudyStatus, WaitingStatus } from '../app/status.ts';
import { oneLine } from '../reporters/plain-text.ts';
import { durationText, shortHash } from '../reporters/report/number-text.ts';
import { withoutLastBreak } from './output.ts';

const WIDTH = 14;
const RULE = '-'.repeat(72);

/** On one line: a name in a candidate that holds a line end could otherwise write rows of its own. */
const row = (label: string, words: string): string => `${label.padEnd(WIDTH)}${oneLine(words)}`;

export function requestTitle({ asked }: Pick<RequestShown, 'asked'>, study: string): string {
  const { approval, candidate, against, about } = asked;
  const head = `Request ${approval} of ${study}:`;
  if (about === 'gate-change') return `${head} let another gate judge from now on`;
  return `${head} promote ${shortHash(candidate)} over ${shortHash(against)}`;
}

export function expiryText({ expiresAt }: RequestShown['asked'], nowMs: number): string {
  const when = new Date(expiresAt).toISOString().slice(0, 16).replace('T', ' ');
  const leftMs = expiresAt - nowMs;
  return leftMs > 0 ? `${when} UTC, in ${durationText(leftMs)}` : `${when} UTC: it has expired`;
}

/** Where a request stands, for a list: an answer that is left, a clock that is wrong, or the time that is left. */
export function standingText({ asked, left, stands }: RequestShown, nowMs: number): string {
  if (left) return `${answerWords(left)}, not taken up yet`;
  if (stands === 'before') return 'the clock stands before it was made: set it right';
  return expiryText(asked, nowMs);
}

export function requestLines(
  shown: RequestShown,
  { study, nowMs }: { readonly study: string; readonly nowMs: number },
): readonly string[] {
  const { asked, entry, why } = shown;
  return [
    requestTitle(shown, study),
    ...why.map((reason) => row('asked because', reason)),
    row('recorded', `entry ${entry}, under rule ${shortHash(asked.rule)}`),
    row('expires', expiryText(asked, nowMs)),
    ...(shown.left ? [row('answer', `${answerWords(shown.left)}, not taken up yet`)] : []),
    ...(shown.stands === 'before'
      ? ['The clock of this machine stands before it was made: set the clock right first.']
      : []),
    ...(asked.about === 'gate-change' ? gateLines(asked) : promotionLines(shown)),
  ];
}

function gateLines({ candidate, against }: RequestShown['asked']): readonly string[] {
  return [
    row('judged so far', against),
    row('would judge', candidate),
    'The config is the one that was recorded, so it is the code of the gates, or a program they run, that changed.',
    'After a yes, what waits is judged anew, and promotions stop until a deep audit under the new gate has passed.',
  ];
}

function promotionLines({ asked, promotion }: RequestShown): readonly string[] {
  if (promotion === undefined) return [];
  const { trial, gain, claims, gates, unchecked, diff } = promotion;
  const gone = gates?.isLost
    ? '; that evidence is gone, and no yes to it counts: restore .paceline/gate from a copy'
    : '';
  const verdict = gates
    ? `${gates.verdict} by ${gates.checks.join(', ') || 'no check'}, evidence ${shortHash(asked.evidence)}; paceline show ${shortHash(asked.candidate)} --why tells more${gone}`
    : 'no gatekeeper judged it';
  return [
    row('trial', String(trial)),
    ...(gain === undefined ? [] : [row('gain', gain)]),
    row('gates', verdict),
    row('unchecked', unchecked[0] ?? 'nothing'),
    ...unchecked.slice(1).map((one) => row('', one)),
    ...(asked.scope.length === 0
      ? [row('reaches for', 'nothing that the incumbent did not')]
      : asked.scope.map((one, i) => row(i === 0 ? 'reaches for' : '', one))),
    ...claims.flatMap((card) => ['', card.title, ...card.lines.map((line) => `  ${line}`)]),
    '',
    RULE,
    withoutLastBreak(diff) || 'The two texts read the same.',
    RULE,
  ];
}

export function stateText(state: StudyStatus['state']): string {
  return state === 'waits-for-approval' ? 'waits for a person' : state;
}

/** Who can take it further, and with which command. */
export function waitingLine(
  { id, state }: Pick<StudyStatus, 'id' | 'state'>,
  { approval, about, candidate, expiresAt, answered }: WaitingStatus,
  nowMs: number,
): string {
  const what = `${id}: request ${approval}`;
  const which = `(${about}, ${shortHash(candidate)})`;
  const resume = state === 'running' ? 'the study' : `paceline resume ${id}`;
  if (answered !== undefined) {
    return `${what} is ${oneLine(answered)} ${which}: ${resume} takes that up`;
  }
  if (expiresAt <= nowMs) return `${what} has expired ${which}: ${resume} ends it`;
  const then = state === 'running' ? '' : `, then paceline resume ${id}`;
  return `${what} waits for a person ${which}: paceline approve ${id} ${approval}${then}`;
}
