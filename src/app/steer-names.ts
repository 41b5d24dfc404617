/** What steering names, checked against the study before anything is said. */
import { PacelineError } from '../core/errors.ts';
import { withLedger } from './read-ledger.ts';
import { findCandidate } from './show-candidate.ts';
import { listWaiting, steerFolder } from './steer-inbox.ts';

/** The full id behind its first digits. @throws PacelineError `USAGE` when none or several fit. */
export function candidateIdOf(root: string, id: string, wanted: string): Promise<string> {
  return withLedger({ root, id }, async (ledger) => (await findCandidate(ledger, id, wanted)).id);
}

/**
 * A steering by the first letters of its id, among those that pronounced a rule.
 * @throws PacelineError `USAGE` when none or several fit.
 */
export async function ruleIdOf(root: string, id: string, wanted: string): Promise<string> {
  const ids: string[] = [];
  await withLedger({ root, id }, async (ledger) => {
    for await (const page of ledger.read(0, { types: ['study.steered'] })) {
      for (const { type, body } of page) {
        if (type !== 'study.steered' || !body.id.startsWith(wanted)) continue;
        if (body.said.kind === 'veto' || body.said.kind === 'constraint') ids.push(body.id);
      }
    }
  });
  const waiting = listWaiting(steerFolder(root, id)).map((name) => name.replace(/\.json$/, ''));
  const fitting = [...ids, ...waiting.filter((one) => one.startsWith(wanted))];
  // Nothing at all, as an empty shell variable gives it, names none and not the only one.
  const [only, ...others] = new Set(wanted === '' ? [] : fitting);
  if (only !== undefined && others.length === 0) return only;
  throw new PacelineError(
    'USAGE',
    only === undefined
      ? `No veto or constraint of ${id} has the id "${wanted}". paceline status lists those that stand, each with its id.`
      : `${others.length + 1} of what was said to ${id} begin with "${wanted}". Give more of the id.`,
    { id, wanted },
  );
}

/** @throws PacelineError `USAGE` when no trial so far was made by it: a veto of it would bar nothing. */
export async function checkOperator(root: string, id: string, operator: string): Promise<void> {
  const seen = new Set<string>();
  await withLedger({ root, id }, async (ledger) => {
    for await (const page of ledger.read(0, { types: ['trial.settled'] })) {
      for (const event of page) if (event.type === 'trial.settled') seen.add(event.body.operator);
    }
  });
  if (seen.has(operator)) return;
  throw new PacelineError(
    'USAGE',
    seen.size === 0
      ? `${id} has settled no trial yet, so its operators are not known. Say it again when it has.`
      : `No trial of ${id} was made by an operator named "${operator}". So far there were: ${[...seen].sort().join(', ')}.`,
    { id, operator },
  );
}
