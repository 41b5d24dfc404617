/**
 * `verify` for a portfolio: every turn is decided again from the moves before it, every reading taken
 * again from the ledger of its study, and every study verified.
 */
import { isDeepStrictEqual } from 'node:util';
import { PacelineError } from '../../core/errors.ts';
import { withLedger } from '../read-ledger.ts';
import { verifyStudy } from '../verify-study.ts';
import { decideNext } from './decide.ts';
import {
  capsOf,
  initialState,
  movesPath,
  type PlannedStudy,
  type Portfolio,
  readPortfolio,
  studyRoot,
} from './files.ts';
import { applyMove, type PortfolioState } from './fold.ts';
import { type Move, type Reading, readMoves } from './moves.ts';
import { readOn, UNREAD } from './reading.ts';

export interface PortfolioReport {
  readonly ok: boolean;
  /** Grants, readings and studies that were derived again. */
  readonly turns: number;
  readonly readings: number;
  readonly studies: number;
  readonly findings: readonly string[];
}

export async function verifyPortfolio(root: string, id: string): Promise<PortfolioReport> {
  const plan = readPortfolio(root, id);
  const moves = readMoves(movesPath(root, id));
  const findings = [...decidedAgain(plan, moves)];
  let readings = 0;
  let studies = 0;
  for (const study of plan.studies) {
    const own = moves.flatMap((move, i) =>
      move.move === 'read' && move.study === study.id
        ? [{ line: i + 1, reading: move.reading }]
        : [],
    );
    const last = own.at(-1);
    if (last === undefined) continue;
    readings += own.length;
    studies += 1;
    findings.push(...(await checkStudy(studyRoot(root, study), study, own)));
  }
  const turns = moves.filter(({ move }) => move === 'granted').length;
  return { ok: findings.length === 0, turns, readings, studies, findings };
}

/** Whatever follows from the state must be what was done; a wish, a crash and a trouble follow from nothing. */
export function decidedAgain(plan: Portfolio, moves: readonly Move[]): readonly string[] {
  const caps = capsOf(plan);
  const findings: string[] = [];
  let state = initialState(plan);
  moves.forEach((move, i) => {
    const due = (): ReturnType<typeof decideNext> => decideNext(caps, state, false);
    if (move.move === 'granted' && !isDue(move, due()))
      findings.push(`Move ${i + 1}: ${move.study} had a turn that was not due, or on other terms.`);
    if (move.move === 'closing' && move.why === 'budget' && due().do !== 'begin-closing')
      findings.push(`Move ${i + 1}: closed as if the budget were used up, and it was not.`);
    if (move.move === 'ended' && !isEnd(state, due()))
      findings.push(`Move ${i + 1}: ended with studies left that could have gone on.`);
    state = applyMove(state, move);
  });
  return findings;
}

function isDue(
  { study, grant, why }: Extract<Move, { readonly move: 'granted' }>,
  due: ReturnType<typeof decideNext>,
): boolean {
  return (
    due.do === 'turn' &&
    isDeepStrictEqual(
      { study, grant, why },
      {
        study: due.study,
        grant: due.grant,
        why: due.why,
      },
    )
  );
}

function isEnd({ ended }: PortfolioState, due: ReturnType<typeof decideNext>): boolean {
  return ended === undefined && due.do === 'end';
}

interface Recorded {
  readonly line: number;
  readonly reading: Reading;
}

async function checkStudy(
  root: string,
  { id, name }: PlannedStudy,
  recorded: readonly Recorded[],
): Promise<readonly string[]> {
  try {
    const findings = await withLedger({ root, id }, async (ledger) => {
      const wrong: string[] = [];
      let since: Reading = UNREAD;
      for (const { line, reading } of recorded) {
        since = (await readOn(ledger, since, reading.seq)) ?? UNREAD;
        if (!isDeepStrictEqual(since, reading))
          wrong.push(
            `Move ${line}: recorded of ${name} is not what its ledger says at entry ${reading.seq}.`,
          );
      }
      return wrong;
    });
    const last = recorded.at(-1)?.reading;
    const head = last && `${last.seq}:${last.head}`;
    const { findings: own } = await verifyStudy(root, id, head);
    return [...findings, ...own.map(({ seq, detail }) => `${name}, entry ${seq}: ${detail}`)];
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    return [`${name}: ${error.message}`];
  }
}
