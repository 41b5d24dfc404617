/** An evaluator that costs next to nothing: what a benchmark measures around it is the engine. */
import type { CaseResult, Evaluator } from './contract.ts';

/** Digits of a content id that enter the value. */
const ID_START = 'sha256:'.length;
const ID_DIGITS = 16;

/** Uniform in [0, 1), a fixed function of candidate and seed; lower or higher means nothing. */
export function nullEvaluator(): Evaluator {
  return {
    traits: {
      place: 'calling-thread',
      deterministic: true,
      isolation: 'not needed: candidates are only hashed',
    },
    measure(requests, signal) {
      signal.throwIfAborted();
      return requests.map(({ candidate, cases }) => {
        const key = idWord(candidate.id);
        return { cases: cases.map((seed) => scored(key, seed)), cpuMs: 0 };
      });
    },
    close() {},
  };
}

/** 32 bits of the id, without a slice of it (FNV-1a). */
function idWord(id: string): number {
  let word = 0x811c9dc5;
  for (let i = ID_START; i < ID_START + ID_DIGITS; i++) {
    word = Math.imul(word ^ id.charCodeAt(i), 0x01000193);
  }
  return word;
}

/** MurmurHash3's 32-bit finaliser (Appleby 2011) over both words. */
function scored(key: number, seed: number): CaseResult {
  let word = Math.imul(key ^ seed, 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return { outcome: 'scored', value: ((word ^ (word >>> 16)) >>> 0) / 4_294_967_296 };
}
