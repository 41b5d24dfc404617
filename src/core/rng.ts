/**
 * Counter-based randomness: a stream is a pure function of (root, trial, purpose, index).
 *
 * Nothing is persisted and no draw depends on the order of other draws, so any number of workers
 * and any crash leave the same numbers behind. A Philox-4x32-10 block (Salmon, Moraes, Dror & Shaw,
 * "Parallel random numbers: as easy as 1, 2, 3", SC 2011) turns root and path into a 128-bit key;
 * sfc32 (Doty-Humphrey, PractRand) then yields the numbers.
 */

import { sha256 } from './hash.ts';

/** Name of the algorithm, recorded in `study.opened`: a change of it is a new version. */
export const RNG_VERSION = 'philox4x32-10/sfc32/1';

export interface Rng {
  /** Uniform integer in [0, 2^32). */
  u32(): number;
  /** Uniform in [0, 1), 53 bits. */
  float(): number;
  /** Uniform integer in [0, below). `below` in [1, 2^32]. */
  int(below: number): number;
  /** Standard normal (polar Box–Muller, one value per call). */
  normal(): number;
  /** An independent stream named `label`; does not advance this one. */
  fork(label: string): Rng;
}

export interface RngRoot {
  /** The stream of (trial, purpose, index); trial −1 stands for "the study itself". */
  stream(trial: number, purpose: string, index?: number): Rng;
}

type Key = readonly [number, number, number, number];

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const PHILOX_ROUNDS = 10;

/** High 32 bits of the 64-bit product of two unsigned 32-bit integers. */
function mulHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const middle2 = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 65536) + (middle2 >>> 16)) >>> 0;
}

/** One Philox-4x32-10 block: a 128-bit counter under a 64-bit key. */
export function philox4x32(counter: Key, key: readonly [number, number]): Key {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < PHILOX_ROUNDS; round++) {
    const high0 = mulHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
    const high1 = mulHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c1 = low1;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** FNV-1a over UTF-16 code units, two lanes; names only, never secrets. */
function nameHash(text: string, seed: number): number {
  let h = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return (h ^ (h >>> 15)) >>> 0;
}

class Sfc32 implements Rng {
  private a: number;
  private b: number;
  private c: number;
  private counter: number;
  private readonly key: Key;

  constructor(key: Key) {
    this.key = key;
    [this.a, this.b, this.c, this.counter] = key;
    for (let i = 0; i < 12; i++) this.u32();
  }

  u32(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + t;
    return t >>> 0;
  }

  float(): number {
    return ((this.u32() >>> 5) * 67108864 + (this.u32() >>> 6)) / 9007199254740992;
  }

  int(below: number): number {
    return Math.floor(this.float() * below);
  }

  normal(): number {
    for (;;) {
      const u = 2 * this.float() - 1;
      const v = 2 * this.float() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
    }
  }

  fork(label: string): Rng {
    const [a, b, c, d] = this.key;
    return new Sfc32(philox4x32([a, b, c, d], [nameHash(label, 1), nameHash(label, 2)]));
  }
}

/** The public root of a study. `seed` is any text; equal text, equal streams. */
export function publicRoot(seed: string): RngRoot {
  const key = [nameHash(seed, 0x51ed270b), nameHash(seed, 0x2545f491)] as const;
  return {
    stream(trial, purpose, index = 0) {
      const name = nameHash(purpose, 7);
      return new Sfc32(philox4x32([trial >>> 0, index >>> 0, name, nameHash(purpose, 11)], key));
    },
  };
}

/**
 * The secret root: each stream's key is SHA-256 of secret and path, so no proposer can compute a
 * confirm instance from anything public. Slower (about 1 µs a stream); used only for rare pairs.
 */
export function secretRoot(secret: string): RngRoot {
  return {
    stream(trial, purpose, index = 0) {
      const digest = sha256(`${secret}\n${trial}\n${purpose}\n${index}`).slice('sha256:'.length);
      const word = (at: number): number => Number.parseInt(digest.slice(at * 8, at * 8 + 8), 16);
      return new Sfc32([word(0), word(1), word(2), word(3)]);
    },
  };
}
