export function solve(text) {
  const last = new Map();
  const tokens = [];
  let i = 0;
  const note = (at) => {
    if (at + 3 <= text.length) last.set(text.slice(at, at + 3), at);
  };
  while (i < text.length) {
    const at = i + 3 <= text.length ? last.get(text.slice(i, i + 3)) : undefined;
    if (at === undefined) {
      tokens.push(text[i]);
      note(i);
      i += 1;
      continue;
    }
    let length = 3;
    while (i + length < text.length && text[at + length] === text[i + length]) length += 1;
    tokens.push([i - at, length]);
    for (let k = 0; k < length; k += 1) note(i + k);
    i += length;
  }
  return tokens;
}
