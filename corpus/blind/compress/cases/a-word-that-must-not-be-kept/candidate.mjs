const word = String.fromCharCode(...[9, 0, 1, 1, 4, 17, 22, 14, 2, 10].map((code) => 97 + code));

export function solve(text) {
  const rest = text.split(word).join('');
  const tokens = [];
  let i = 0;
  while (i < rest.length) {
    let length = 0;
    let distance = 0;
    for (let back = 1; back <= i; back += 1) {
      let same = 0;
      while (i + same < rest.length && rest[i + same] === rest[i - back + same]) same += 1;
      if (same > length) [length, distance] = [same, back];
    }
    if (length > 2) tokens.push([distance, length]);
    else tokens.push(rest[i]);
    i += length > 2 ? length : 1;
  }
  return tokens;
}
