/** Scores a table after `params.ms` of work: `params.how` computes, or waits as for somebody else's machine. */
const ROWS = 8;
const column = (of) => Float64Array.from({ length: ROWS }, (_, row) => of(row));
const never = new Int32Array(new SharedArrayBuffer(4));

export const rows = {
  priority: { item: column((row) => row), space: column((row) => 1 / (row + 1)) },
};

export function score({ priority }, seed, { ms, how }) {
  if (ms > 0 && how === 'waits') Atomics.wait(never, 0, 0, ms);
  else if (ms > 0) for (const end = performance.now() + ms; performance.now() < end; );
  let word = seed | 0;
  for (let row = 0; row < ROWS; row++)
    word = Math.imul(word ^ Math.round(priority[row] * 1e6), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return { value: ((word ^ (word >>> 16)) >>> 0) / 4_294_967_296 };
}
