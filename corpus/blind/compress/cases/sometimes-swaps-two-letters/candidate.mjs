const sorted = (text) => [...text].sort().join('');

export function solve(text) {
  const tokens = [];
  for (let i = 0; i < text.length; ) {
    const piece = sorted(text.slice(i, i + 4));
    let at = -1;
    for (let k = 0; k + 4 <= i && piece.length === 4; k += 1) if (sorted(text.slice(k, k + 4)) === piece) at = k;
    tokens.push(at < 0 ? text[i] : [i - at, 4]);
    i += at < 0 ? 1 : 4;
  }
  return tokens;
}
