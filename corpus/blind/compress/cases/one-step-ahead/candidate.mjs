function match(text, i) {
  let [length, distance] = [0, 0];
  for (let back = 1; back <= i; back += 1) {
    let same = 0;
    while (i + same < text.length && text[i + same] === text[i + same - back]) same += 1;
    if (same > length) [length, distance] = [same, back];
  }
  return { length, distance };
}

export function solve(text) {
  const tokens = [];
  let i = 0;
  while (i < text.length) {
    const now = match(text, i);
    const later = i + 1 < text.length ? match(text, i + 1) : { length: 0 };
    if (now.length > 2 && later.length <= now.length + 1) {
      tokens.push([now.distance, now.length]);
      i += now.length;
    } else tokens.push(text[i++]);
  }
  return tokens;
}
