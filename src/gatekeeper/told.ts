/**
 * CPU time of safety, each ms told once. Audits, looks and traps run beside verdicts in one process, whose time cannot
 * be told apart: so every answer carries what was spent since the one before it, whatever that was for.
 */
import type { GateStamp } from '../gates/contract.ts';
import type { Kept } from '../gates/kept.ts';

export interface Teller {
  /**
   * What a process before this one spent and told nobody: of entries that the ledger, which ends at `stamp`, does not
   * name. Said once: whoever joins again asks for a key.
   */
  owe(kept: Pick<Kept, 'entries'>, stamp: GateStamp | undefined): void;
  /** CPU time that no answer before this told, ms. */
  untoldMs(): number;
}

/** @param spentMs CPU time of this process and its jails so far. */
export function teller(spentMs: () => number): Teller {
  let toldMs = 0;
  let owedMs = 0;
  let isOwed = false;
  return {
    owe({ entries }, stamp) {
      if (isOwed || stamp === undefined) return;
      isOwed = true;
      owedMs = entries.slice(stamp.entry).reduce((sum, { kind, body }) => {
        const isCostly = kind === 'verdict' || kind === 'audit' || kind === 'trap';
        return sum + (isCostly ? body.cpuMs : 0);
      }, 0);
    },
    untoldMs() {
      const nowMs = spentMs();
      const ms = Math.max(0, nowMs - toldMs) + owedMs;
      toldMs = Math.max(toldMs, nowMs);
      owedMs = 0;
      return ms;
    },
  };
}
