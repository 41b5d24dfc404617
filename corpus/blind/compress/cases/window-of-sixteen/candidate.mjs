const WINDOW = 16;

export function solve(text) {
  const tokens = [];
  for (let i = 0; i < text.length; ) {
    let best = { length: 0, distance: 0 };
    for (let distance = 1; distance <= Math.min(WINDOW, i); distance += 1) {
      let length = 0;
      while (i + length < text.length && text[i + length] === text[i + length - distance]) length += 1;
      if (length > best.length) best = { length, distance };
    }
    if (best.length < 3) {
      tokens.push(text[i]);
      i += 1;
    } else {
      tokens.push([best.distance, best.length]);
      i += best.length;
    }
  }
  return tokens;
}
