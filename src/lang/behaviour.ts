/**
 * A cheap fingerprint of what a forest decides, to reject a candidate that behaves like one already
 * seen before paying for its evaluation (phenotypic duplicate detection, after Hildebrandt & Branke,
 * "On using surrogates with genetic programming", Evolutionary Computation 23(3), 2015).
 */

import type { Forest } from './forest.ts';
import { typeOf } from './forest.ts';
import type { Columns, InterpreterCache } from './interpret.ts';
import { createInterpreterCache, evaluateSlot } from './interpret.ts';

/** Recorded decision situations: consecutive groups of `groupSize` rows are options of one choice. */
export interface Situations {
  readonly rows: Columns;
  readonly groupSize: number;
  /**
   * Slots whose value itself matters (a control signal, a parameter, a limit compared with a fixed
   * number), not only its order among options. Default: none.
   */
  readonly valued?: readonly string[];
}

/** 3^20 < 2^32: as many comparisons as one 32-bit word holds. */
const TRITS_PER_WORD = 20;

/** Values are compared up to this magnitude and to this many steps per unit. */
const VALUE_CLIP = 10;
const VALUE_STEPS = 1000;

/** Two multiply–xor lanes (constants of MurmurHash3's 32-bit mixer, Appleby 2011). */
class Mixer {
  private low = 0x9747b28c;
  private high = 0x3c6ef372;
  private word = 0;
  private trits = 0;

  trit(value: number): void {
    this.word = this.word * 3 + value;
    if (++this.trits === TRITS_PER_WORD) this.flush();
  }

  flush(): void {
    if (this.trits === 0) return;
    this.mix(this.word | 0);
    this.mix(this.trits);
    this.word = 0;
    this.trits = 0;
  }

  mix(word: number): void {
    this.low = Math.imul(this.low ^ word, 0xcc9e2d51);
    this.low ^= this.low >>> 15;
    this.high = Math.imul(this.high ^ word, 0x1b873593) + this.low;
    this.high ^= this.high >>> 13;
  }

  /** 21 bits of one lane above 32 of the other: a safe integer. */
  key(): number {
    const low = Math.imul(this.low ^ (this.low >>> 16), 0x85ebca6b);
    const high = Math.imul(this.high ^ (this.high >>> 16), 0xc2b2ae35);
    return ((high ^ (high >>> 15)) & 0x1fffff) * 4_294_967_296 + ((low ^ (low >>> 13)) >>> 0);
  }
}

function compare(a: number, b: number): number {
  return a < b ? 0 : a > b ? 2 : 1;
}

function mixOrder(mixer: Mixer, values: Float64Array, groupSize: number): void {
  for (let start = 0; start < values.length; start += groupSize) {
    const end = Math.min(start + groupSize, values.length);
    for (let i = start; i < end; i++) {
      const a = values[i] as number;
      for (let j = i + 1; j < end; j++) mixer.trit(compare(a, values[j] as number));
    }
  }
  mixer.flush();
}

function mixRows(mixer: Mixer, a: Float64Array, b: Float64Array): void {
  for (let r = 0; r < a.length; r++) mixer.trit(compare(a[r] as number, b[r] as number));
  mixer.flush();
}

function mixValues(mixer: Mixer, values: Float64Array): void {
  for (let r = 0; r < values.length; r++) {
    const clipped = Math.max(-VALUE_CLIP, Math.min(VALUE_CLIP, values[r] as number));
    mixer.mix(Math.round(clipped * VALUE_STEPS));
  }
}

/**
 * A 53-bit integer, equal for forests that make the same decisions in the recorded situations and,
 * up to hash collisions, different otherwise. What counts as a decision:
 * - real slot: which of any two options of a group it prefers, or a tie;
 * - two real slots: in every row, which of the two is larger. So a threshold slot compared with a
 *   priority slot (open a new bin?) is covered; a monotone change of both together is not a change.
 *   Slots a program never compares are compared here too: fewer duplicates found, none invented;
 * - bool slot: its value in every row;
 * - slot in `valued`: its value clipped to ±10 and rounded to 1/1000, instead of its order.
 *
 * @param slots names in a fixed order of the caller's; it is part of the key.
 */
export function behaviourKey(
  forest: Forest,
  { slots, situations }: { readonly slots: readonly string[]; readonly situations: Situations },
  cache: InterpreterCache = createInterpreterCache(),
): number {
  const mixer = new Mixer();
  const ranked: Float64Array[] = [];
  const used: Float64Array[] = [];
  for (const slot of slots) {
    const values = evaluateSlot(forest, slot, situations.rows, cache);
    used.push(values);
    const tree = forest.slots[slot];
    if (situations.valued?.includes(slot) || (tree !== undefined && typeOf(tree) === 'bool')) {
      mixValues(mixer, values);
    } else {
      mixOrder(mixer, values, situations.groupSize);
      for (const other of ranked) mixRows(mixer, values, other);
      ranked.push(values);
    }
  }
  for (const values of used) cache.release(values);
  return mixer.key();
}
