const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc(text, at) {
  let c = 0xffffffff;
  for (let i = at; i < at + 3; i += 1) {
    const code = text.charCodeAt(i);
    c = TABLE[(c ^ code) & 255] ^ (c >>> 8);
    c = TABLE[(c ^ (code >> 8)) & 255] ^ (c >>> 8);
  }
  return (c ^ 0xffffffff) >>> 0;
}

export function solve(text) {
  const places = new Map();
  const tokens = [];
  let i = 0;
  while (i < text.length) {
    let best = [0, 0];
    if (i + 3 <= text.length) {
      const key = crc(text, i);
      for (const at of places.get(key) ?? []) {
        let same = 0;
        while (i + same < text.length && text[at + same] === text[i + same]) same += 1;
        if (same > best[1]) best = [i - at, same];
      }
    }
    const step = best[1] > 2 ? best[1] : 1;
    tokens.push(best[1] > 2 ? best : text[i]);
    for (let k = i; k < i + step && k + 3 <= text.length; k += 1) {
      const key = crc(text, k);
      places.set(key, [...(places.get(key) ?? []), k]);
    }
    i += step;
  }
  return tokens;
}
