const word = new Uint32Array(1);
const upTo = (most) => crypto.getRandomValues(word)[0] % most;

export function solve(list) {
  const a = Float64Array.from(list);
  const stack = [[0, a.length - 1]];
  while (stack.length > 0) {
    const [low, high] = stack.pop();
    if (low >= high) continue;
    const pivot = a[low + upTo(high - low + 1)];
    let [i, j] = [low, high];
    while (i <= j) {
      while (a[i] < pivot) i += 1;
      while (a[j] > pivot) j -= 1;
      if (i <= j) {
        [a[i], a[j]] = [a[j], a[i]];
        i += 1;
        j -= 1;
      }
    }
    stack.push([low, j], [i, high]);
  }
  return Array.from(a);
}
