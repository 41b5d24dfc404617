/** Each coefficient of the product by the sum that defines it. */
export function solve(a, b) {
  const product = [];
  for (let k = 0; k < a.length + b.length - 1; k += 1) {
    let sum = 0;
    for (let i = 0; i <= k; i += 1) sum += (a[i] ?? 0) * (b[k - i] ?? 0);
    product.push(sum);
  }
  return product;
}
