const fold = (text) => text.toLowerCase();

export function solve(text) {
  const plain = fold(text);
  const tokens = [];
  for (let i = 0; i < text.length; ) {
    let [length, distance] = [0, 0];
    for (let back = 1; back <= i; back += 1) {
      let same = 0;
      while (i + same < plain.length && plain[i + same] === plain[i + same - back]) same += 1;
      if (same > length) [length, distance] = [same, back];
    }
    if (length > 2) tokens.push([distance, length]);
    else tokens.push(text[i]);
    i += length > 2 ? length : 1;
  }
  return tokens;
}
