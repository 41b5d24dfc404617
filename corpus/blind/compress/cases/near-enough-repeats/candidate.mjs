const differs = (text, a, b, length) => {
  let wrong = 0;
  for (let i = 0; i < length; i += 1) wrong += Number(text[a + i] !== text[b + i]);
  return wrong;
};

export function solve(text) {
  const tokens = [];
  let i = 0;
  while (i < text.length) {
    let best = [0, 0];
    for (let start = 0; start < i; start += 1) {
      for (let length = 4; i + length <= text.length && length < 40; length += 1) {
        if (differs(text, start, i, length) > length >> 3) break;
        if (length > best[1]) best = [i - start, length];
      }
    }
    if (best[1] > 3) {
      tokens.push(best);
      i += best[1];
    } else {
      tokens.push(text[i]);
      i += 1;
    }
  }
  return tokens;
}
