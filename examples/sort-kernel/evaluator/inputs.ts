/** Arrays to sort: random ones to be timed, and those that break sorts. All follow from a seed. */

/** mulberry32: a stream of numbers in [0, 1) from a 32-bit seed. */
export function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function random(count: number, next: () => number): Float64Array {
  return Float64Array.from({ length: count }, () => next() * 2e6 - 1e6);
}

/** Every length up to this is tried: most mistakes show where runs and widths do not divide it. */
const SMALL = 40;
const MOST = 700;

/** What a sort must get right before its time counts. */
export function trials(next: () => number): readonly Float64Array[] {
  const some = (): number => 1 + Math.floor(next() * MOST);
  const tiny = Array.from({ length: SMALL }, (_, count) => random(count, next));
  const rising = random(some(), next).sort();
  const falling = random(some(), next).sort().reverse();
  const few = random(some(), next).map((value) => Math.floor(value / 5e5));
  const equal = new Float64Array(some()).fill(next());
  const organ = Float64Array.from({ length: some() }, (_, i) => (i % 2 === 0 ? i : -i));
  const sawtooth = Float64Array.from({ length: some() }, (_, i) => i % 17);
  const nearly = random(some(), next).sort();
  nearly[Math.floor(next() * nearly.length)] = -1e9;
  const extreme = random(some(), next);
  extreme.set(
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, Number.MAX_VALUE].slice(
      0,
      extreme.length,
    ),
  );
  const large = [random(some(), next), random(MOST + some(), next), random(1024, next)];
  return [...tiny, rising, falling, few, equal, organ, sawtooth, nearly, extreme, ...large];
}
