/** A set of 64-bit hashes: open addressing over two arrays of 32 bits, 2^22 places, cleared by what was touched. */
import { PacelineError } from '../core/errors.ts';

const PLACES = 1 << 22;
/** Beyond this the search would crawl from place to place. */
const FULL = 0.8 * PLACES;

export class Seen {
  private readonly first = new Int32Array(PLACES);
  private readonly second = new Int32Array(PLACES);
  private readonly touched: number[] = [];

  /** Whether the hash is new; from now on it is not. @throws PacelineError INTERNAL when full. */
  add(lanes: Int32Array): boolean {
    const first = lanes[0] as number;
    // 0 marks a free place, so no hash has it in its second lane.
    const second = (lanes[1] as number) || 1;
    let place = first & (PLACES - 1);
    while (this.second[place] !== 0) {
      if (this.second[place] === second && this.first[place] === first) return false;
      place = (place + 1) & (PLACES - 1);
    }
    if (this.touched.length > FULL)
      throw new PacelineError('INTERNAL', 'More values than the table of seen values holds.', {
        places: PLACES,
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
    if (this.touched.length > PLACES / 8) this.second.fill(0);
    else for (const place of this.touched) this.second[place] = 0;
    this.touched.length = 0;
  }
}
