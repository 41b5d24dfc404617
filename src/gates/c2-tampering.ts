/**
 * Check C2: what judges is what was declared, at the start of the ticket and at its end, and everything
 * that was asked for this ticket was answered (safety.md §3). It runs last, with the tools of
 * `watchedTools`, and so looks back on all the other checks.
 */
import type { Hash } from '../core/hash.ts';
import { quoted } from '../core/quoted.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { Check, CheckFinding, Intake, Tools } from './contract.ts';
import { secretCases } from './paired.ts';
import { counted, stopped } from './sentence.ts';

type Digests = Readonly<Record<string, Hash>>;

export const tamperingCheck: Check = {
  name: 'C2',
  isAlone: true,
  inapplicable: () => undefined,
  async judge(intake, tools, signal) {
    await beat(intake, tools, signal);
    return tamperingFinding(tools);
  },
};

/** Where no other check asked for anything: one case, so that there is an answer to miss. */
async function beat(
  { ticket, candidate }: Intake,
  { telemetry, secrets, measure }: Tools,
  signal: AbortSignal,
): Promise<void> {
  if (telemetry === undefined || telemetry().asked > 0) return;
  const of = { ticket, check: 'C2', purpose: 'heartbeat' } as const;
  const cases = secretCases(secrets, of, { from: 0, count: 1 });
  await measure([{ candidate, cases }], signal);
}

function tamperingFinding(tools: Tools): CheckFinding {
  const { declaredDigests: declared, digestsBefore: before } = tools;
  const after = tools.digests();
  const telemetry = tools.telemetry?.();
  const names = Object.keys(declared).length;
  const cases = telemetry?.answered ?? 0;
  const changed = {
    before: before === undefined ? [] : different(declared, before),
    after: different(declared, after),
  };
  const evidence = {
    declared,
    ...(before && { before }),
    after,
    changed,
    ...(telemetry && { telemetry: { ...telemetry } }),
  };
  const found = { evidence, cases };
  const moved = [...new Set([...changed.before, ...changed.after])];
  if (moved.length > 0) {
    const what = moved.map(quoted).join(', ');
    const why = `What judges is not what was declared: ${what} changed.`;
    return { ...found, verdict: 'fail', why, suspicion: 1, incident: 'tampering' };
  }
  if (telemetry !== undefined && telemetry.missing.length > 0) {
    const why = stopped(`Telemetry is missing: ${telemetry.missing.join('; ')}`);
    return { ...found, verdict: 'fail', why, suspicion: 1, incident: 'missing telemetry' };
  }
  const unknown = unknownWords({ names, before, telemetry });
  if (unknown !== undefined) return { ...found, verdict: 'inconclusive', why: unknown };
  const why = `What judges is as declared before and after (${counted(names, 'digest')}), and every answer came (${cases}).`;
  return { ...found, verdict: 'pass', why, suspicion: 0 };
}

interface Seen {
  readonly names: number;
  readonly before: Digests | undefined;
  readonly telemetry: Telemetry | undefined;
}

/** Never a pass where nobody looked. */
function unknownWords({ names, before, telemetry }: Seen): string | undefined {
  if (names === 0) return 'No digest was declared, so nothing could be compared.';
  if (before === undefined) return 'Nobody read the digests when the ticket began.';
  if (telemetry === undefined) return 'Nobody counted what was asked for this ticket.';
  const { broken, asked } = telemetry;
  return broken > 0
    ? `${broken} of ${counted(asked, 'answer')} ended with an error of the machine.`
    : undefined;
}

/** Names whose digest is another, is gone, or was never declared. */
function different(declared: Digests, now: Digests): readonly string[] {
  const names = new Set([...Object.keys(declared), ...Object.keys(now)]);
  return [...names].filter((name) => declared[name] !== now[name]).sort();
}
