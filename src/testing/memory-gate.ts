/** The gate's record in memory: it lasts as long as whoever holds it, whatever becomes of the engine. */
import { type GateRow, gateGenesis, nextGateRow } from '../core/gate-chain.ts';
import type { Hash } from '../core/hash.ts';
import type { GateStore } from '../gates/contract.ts';

export function memoryGate(secretCommit: Hash, rows: GateRow[] = []): GateStore {
  return {
    rows: () => rows,
    append(kind, body) {
      const before = rows.at(-1)?.hash ?? gateGenesis(secretCommit);
      const row = nextGateRow(before, { entry: rows.length + 1, kind, body });
      rows.push(row);
      return row;
    },
    close() {},
  };
}
