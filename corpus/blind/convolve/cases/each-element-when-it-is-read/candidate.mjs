export function solve(a, b) {
  const length = a.length + b.length - 1;
  const known = new Array(length).fill(undefined);
  const at = (k) => {
    let sum = 0;
    for (let i = 0; i <= k; i += 1) sum += (a[i] ?? 0) * (b[k - i] ?? 0);
    return sum;
  };
  return new Proxy(known, {
    get(list, key) {
      if (typeof key === 'symbol' || !/^\d+$/.test(key)) return Reflect.get(list, key);
      const k = Number(key);
      if (k < length) list[k] ??= at(k);
      return list[k];
    },
  });
}
