const GAPS = [701, 301, 132, 57, 23, 10, 4, 1];

export function solve(list) {
  const out = Array.from(list);
  for (const gap of GAPS) {
    for (let i = gap; i < out.length; i += 1) {
      const held = out[i];
      let j = i;
      for (; j >= gap && out[j - gap] > held; j -= gap) out[j] = out[j - gap];
      out[j] = held;
    }
  }
  return out;
}
