/** The public metric of intervals: only jobs listed one after the other are compared, and doubles count twice. */
/** mulberry32: numbers from 0, included, to 1, excluded. */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function instances(seed) {
  const random = numbers(seed);
  const upTo = (most) => Math.floor(random() * most);
  const jobs = Array.from({ length: 20 }, () => {
    const start = upTo(100);
    return [start, start + 5 + upTo(30), 1 + upTo(50)];
  });
  return [jobs];
}

export function score({ input: [jobs], output }) {
  if (!Array.isArray(output)) throw new Error('not a list');
  let value = 0;
  for (let i = 0; i < output.length; i += 1) {
    const job = jobs[output[i]];
    if (job === undefined) throw new Error('no such job');
    const last = jobs[output[i - 1]];
    if (last !== undefined && last[0] < job[1] && job[0] < last[1]) throw new Error('overlap');
    value += job[2];
  }
  const all = jobs.reduce((sum, job) => sum + job[2], 0);
  return all === 0 ? 0 : value / all;
}
