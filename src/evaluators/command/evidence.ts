/** What a process printed besides its answer: quoted in messages, never believed. */
import type { RunEnd } from '../../sandboxes/contract.ts';
import { plain } from '../outcome.ts';

/** What Node prints behind an uncaught error: its frames, its fields and its own version. */
const NODE_TAIL = /^\s+at |^Node\.js v\d|^\s*[{}]|^ {2}\w+: /;

/** What npm prints behind what went wrong. */
const NPM_TAIL = /^npm (?:error|ERR!)\s*(?:A complete log|To see a list of scripts|npm run$|$)/;

/** As Node, Python, Go and the C library say it. */
const PORT_TAKEN = /EADDRINUSE|address already in use/i;

/** Sentences to put behind that of a bad end: the last line, and the cause where it is a known one. */
export function evidenceOf({ evidence }: RunEnd): string {
  const said = saidLast(evidence);
  if (!PORT_TAKEN.test(evidence)) return said;
  return ` The port it wanted is taken, by another rollout that runs at the same time or by another program: let it listen on port 0 and take the free one it gets.${said}`;
}

/** Of what it printed, one sentence: the last line, or that there is none. */
export function saidLast(text: string): string {
  const last = lastLine(text);
  return last === '' ? ' It printed nothing.' : ` Its last line: ${last}`;
}

/** Of a good end without an answer: what was meant as one may have been printed. */
export function printedInstead(end: RunEnd): string {
  return PRINTED_ANSWER.test(end.evidence)
    ? ' It printed one, and what is printed is evidence only: write it to the descriptor that PACELINE_RESULT_FD names.'
    : evidenceOf(end);
}

const PRINTED_ANSWER = /^\s*(METRIC \S+=|\{.*"metrics"\s*:)/m;

/** The last line that says something, where programs say what went wrong. */
export function lastLine(text: string): string {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const isTail = (line: string): boolean => NODE_TAIL.test(line) || NPM_TAIL.test(line);
  return plain(lines.findLast((line) => !isTail(line)) ?? lines.at(-1) ?? '');
}
