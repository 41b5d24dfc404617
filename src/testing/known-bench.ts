/** A gate of plain functions with known cases to try it on: programs by text, as in `gateBench`. */
import { sha256 } from '../core/hash.ts';
import type { Bench } from '../gatekeeper/bench.ts';
import type { KnownCase, KnownTask } from '../gatekeeper/known.ts';
import type { Check } from '../gates/contract.ts';
import { openKept } from '../gates/kept.ts';
import { candidateOf, gateBench, type Bench as Programs } from './gate-bench.ts';
import { manualClock } from './manual-clock.ts';
import { memoryGate } from './memory-gate.ts';

export interface KnownParts extends Programs {
  readonly checks: readonly Check[];
  readonly cases: readonly (Omit<KnownCase, 'candidate'> & { readonly text?: string })[];
  readonly name?: string;
  readonly form?: KnownTask['form'];
  readonly isTimed?: boolean;
}

/** Each case is a candidate of its own text, or of its name. */
export function knownTask({ checks, cases, ...parts }: KnownParts): KnownTask {
  const { name = 'task', form = 'source', isTimed = false } = parts;
  return {
    name,
    set: 'made',
    form,
    isTimed,
    incumbent: candidateOf('incumbent'),
    cases: cases.map(({ text, ...one }) => ({ ...one, candidate: candidateOf(text ?? one.name) })),
    open: async () => ({
      floor: checks,
      tools: gateBench(parts),
      cpuMs: () => 0,
      close: async () => undefined,
    }),
  };
}

export interface MemoryBench extends Partial<Bench> {
  readonly checks?: readonly Check[];
  readonly parts?: Programs;
}

/** Everything in memory, signed by nobody. */
export function memoryBench({ checks = [], parts = {}, ...over }: MemoryBench = {}): Bench {
  const secretCommit = sha256('secret');
  const held = new Map<string, unknown>();
  const metered = async () => ({ floor: checks, tools: gateBench(parts), cpuMs: () => 0 });
  const store = memoryGate(secretCommit);
  return {
    kept: openKept({ open: () => store, secretCommit }),
    evidence: {
      put(evidence) {
        const hash = sha256(JSON.stringify(evidence));
        held.set(hash, evidence);
        return hash;
      },
      get: (hash) => held.get(hash) as never,
    },
    signer: { key: sha256('key'), publicKey: '', sign: () => 'A'.repeat(86) },
    study: secretCommit,
    origin: candidateOf('incumbent'),
    digest: sha256('digest'),
    secret: 'secret of the gate',
    clock: manualClock(),
    cores: 2,
    metered,
    deep: metered,
    auditCpuMs: Number.POSITIVE_INFINITY,
    ...over,
  };
}
