/** Numbers of the generators: mulberry32 (Ettinger 2017), so that a family's instances need nothing of Paceline. */

export function random(seed) {
  let state = seed >>> 0;
  const float = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low, high) => low + (high - low) * float();
  return {
    /** Uniform in [0, 1). */
    float,
    /** Uniform in [low, high). */
    between,
    /** A whole number, both ends included. */
    int: (low, high) => low + Math.floor(float() * (high - low + 1)),
    normal: () => Math.sqrt(-2 * Math.log(1 - float())) * Math.cos(2 * Math.PI * float()),
    weibull: (scale, shape) => scale * (-Math.log(1 - float())) ** (1 / shape),
  };
}

/** Columns of one length under the names given, all 0. */
export function columnsOf(names, length) {
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(length)]));
  return { length, columns };
}

/** The row of a group that is open and has the highest value, the first of equal ones; −1 where none is open. */
export function bestOpen(values, open, { from, to }) {
  let best = -1;
  for (let row = from; row < to; row++) {
    if (open[row] === 1 && (best < 0 || values[row] > values[best])) best = row;
  }
  return best;
}
