const places = new Map();

export function solve(text) {
  places.clear();
  const tokens = [];
  let i = 0;
  while (i < text.length) {
    let [length, from] = [0, 0];
    for (const at of places.get(text[i]) ?? []) {
      let same = 1;
      while (i + same < text.length && text[at + same] === text[i + same]) same += 1;
      if (same > length) [length, from] = [same, at];
    }
    const step = length > 2 ? length : 1;
    tokens.push(length > 2 ? [i - from, length] : text[i]);
    for (let k = i; k < i + step; k += 1) {
      if (!places.has(text[k])) places.set(text[k], []);
      places.get(text[k]).push(k);
    }
    i += step;
  }
  return tokens;
}
