/** The gates of a study as the engine has them: every one of them a question to the gatekeeper. */
import type { Hash } from '../core/hash.ts';
import type { HoldoutGate, PoolAnswer, PoolGate } from '../gates/contract.ts';
import type { Line } from './client.ts';
import type {
  AuditAnswer,
  FloorAnswer,
  GateIdentity,
  Gatekeeper,
  GateRating,
  Revealed,
} from './contract.ts';

export function remoteGatekeeper(line: Line): Gatekeeper {
  // A process that is started again is asked for the verdict of the one that joined, and of no other.
  let joined: { readonly gate: Hash } | undefined;
  return {
    async join(stamp) {
      const said = await line.ask<GateIdentity>({ ask: 'join', ...(stamp ? { stamp } : {}) });
      joined ??= { gate: said.digest };
      return said;
    },
    judge: (request, signal) => line.ask<FloorAnswer>({ ask: 'judge', request, ...joined }, signal),
    audit: (request, signal) => line.ask<AuditAnswer>({ ask: 'audit', request, ...joined }, signal),
    rating: () => line.ask<GateRating>({ ask: 'rating' }),
    sign: (statement) => line.ask({ ask: 'sign', statement }),
    reveal: () => line.ask<Revealed>({ ask: 'reveal' }),
    close: () => line.close(),
  };
}

/** Closes with its gatekeeper. */
export function remoteHoldout(line: Line): HoldoutGate {
  return {
    requireEntry: (stamp) =>
      line.ask({ ask: 'require', of: 'holdout', ...(stamp ? { stamp } : {}) }),
    seal: (request, signal) => line.ask({ ask: 'holdout.seal', request }, signal),
    // What is undefined there is null on the way.
    judge: async (request, signal) =>
      (await line.ask<Awaited<ReturnType<HoldoutGate['judge']>> | null>(
        { ask: 'holdout.judge', request },
        signal,
      )) ?? undefined,
    reveal: (generation, candidate) => line.ask({ ask: 'holdout.reveal', generation, candidate }),
    close: () => undefined,
  };
}

/** Closes with its gatekeeper. */
export function remotePool(line: Line): PoolGate {
  return {
    requireEntry: (stamp) => line.ask({ ask: 'require', of: 'pool', ...(stamp ? { stamp } : {}) }),
    confirm: (request, signal) => line.ask<PoolAnswer>({ ask: 'pool.confirm', request }, signal),
    close: () => undefined,
  };
}
