/** Runs of one character. */
export function solve(text) {
  const tokens = [];
  let i = 0;
  while (i < text.length) {
    let run = 1;
    while (text[i + run] === text[i]) run += 1;
    tokens.push(text[i]);
    if (run > 3) tokens.push([1, run - 1]);
    else if (run > 1) tokens.push(text[i].repeat(run - 1));
    i += run;
  }
  return tokens;
}
