function compute(a, b) {
  const product = [];
  for (let k = 0; k < a.length + b.length - 1; k += 1) {
    let sum = 0;
    for (let i = 0; i <= k; i += 1) sum += (a[i] ?? 0) * (b[k - i] ?? 0);
    product.push(sum);
  }
  return product;
}
const newest = [];

export function solve(a, b) {
  const text = `${a}*${b}`;
  let at = newest.findIndex((one) => one.text === text);
  if (at < 0) {
    newest.push({ text, answer: compute(a, b) });
    if (newest.length > 8) newest.shift();
    at = newest.length - 1;
  }
  return newest[at].answer.concat();
}
