/** A set of 64-bit hashes: open addressing over two arrays of 32 bits, cleared by what was touched. */
import { PacelineError } from '../core/errors.ts';

/** Beyond this share the search would crawl from place to place. */
const FULL = 0.8;

export class Seen {
  private readonly first: Int32Array;
  private readonly second: Int32Array;
  private readonly touched: number[] = [];

  /** @param places a power of two. */
  constructor(places = 1 << 22) {
    this.first = new Int32Array(places);
    this.second = new Int32Array(places);
  }

  /** Whether the hash is new; from now on it is not. @throws PacelineError INTERNAL when full. */
  add(lanes: Int32Array): boolean {
    const first = lanes[0] as number;
    // 0 marks a free place, so no hash has it in its second lane.
    const second = (lanes[1] as number) || 1;
    const last = this.second.length - 1;
    let place = first & last;
    while (this.second[place] !== 0) {
      if (this.second[place] === second && this.first[place] === first) return false;
      place = (place + 1) & last;
    }
    if (this.touched.length > FULL * this.second.length)
      throw new PacelineError('INTERNAL', 'More values than the table of seen values holds.', {
        places: this.second.length,
      });
    this.first[place] = first;
    this.second[place] = second;
    this.touched.push(place);
    return true;
  }

  get size(): number {
    return this.touched.length;
  }

  clear(): void {
    if (this.touched.length > this.second.length / 8) this.second.fill(0);
    else for (const place of this.touched) this.second[place] = 0;
    this.touched.length = 0;
  }
}
