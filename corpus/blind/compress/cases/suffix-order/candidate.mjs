export function solve(text) {
  const order = [...Array(text.length).keys()].sort((a, b) => (text.slice(a) < text.slice(b) ? -1 : 1));
  const rank = new Int32Array(text.length);
  order.forEach((place, i) => {
    rank[place] = i;
  });
  const common = (a, b) => {
    let n = 0;
    while (b + n < text.length && text[a + n] === text[b + n]) n += 1;
    return n;
  };
  const tokens = [];
  for (let i = 0; i < text.length; ) {
    let [length, from] = [0, -1];
    for (const way of [-1, 1]) {
      let k = rank[i] + way;
      while (k >= 0 && k < order.length && order[k] >= i) k += way;
      if (k < 0 || k >= order.length) continue;
      const n = common(order[k], i);
      if (n > length) [length, from] = [n, order[k]];
    }
    if (length > 2) {
      tokens.push([i - from, length]);
      i += length;
    } else tokens.push(text[i++]);
  }
  return tokens;
}
