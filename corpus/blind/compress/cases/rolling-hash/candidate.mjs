const BASE = 257;
const MODULUS = 1_000_000_007;
const WINDOW = 4;

export function solve(text) {
  const tokens = [];
  const places = new Map();
  const keyAt = (i) => {
    let h = 0;
    for (let k = i; k < i + WINDOW; k += 1) h = (h * BASE + text.charCodeAt(k)) % MODULUS;
    return h;
  };
  const note = (i) => {
    if (i + WINDOW <= text.length) places.set(keyAt(i), i);
  };
  for (let i = 0; i < text.length; ) {
    const at = i + WINDOW <= text.length ? places.get(keyAt(i)) : undefined;
    let length = 0;
    while (at !== undefined && i + length < text.length && text[at + length] === text[i + length]) length += 1;
    const step = length >= WINDOW ? length : 1;
    tokens.push(length >= WINDOW ? [i - at, length] : text[i]);
    for (let k = i; k < i + step; k += 1) note(k);
    i += step;
  }
  return tokens;
}
