export function solve(text) {
  const tokens = [];
  let from = 0;
  for (let i = 1; i <= text.length; i += 1) {
    if (text[i] === text[i - 1] && i < text.length) continue;
    const run = i - from;
    tokens.push(text[from]);
    if (run > 3) tokens.push([1, run - 1]);
    else if (run > 1) tokens.push(text.slice(from + 1, i));
    from = i;
  }
  return tokens;
}
