export function solve(text) {
  const tokens = [];
  for (const [run] of text.matchAll(/([\s\S])\1*/g)) {
    if (run.length > 3) tokens.push(run[0], [1, run.length - 1]);
    else tokens.push(run);
  }
  return tokens;
}
