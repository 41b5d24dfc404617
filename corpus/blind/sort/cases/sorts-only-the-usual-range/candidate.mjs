export function solve(list) {
  const counts = new Int32Array(2001);
  for (const item of list) counts[item + 1000] += 1;
  const out = [];
  for (let place = 0; place < counts.length; place += 1) {
    for (let left = counts[place]; left > 0; left -= 1) out.push(place - 1000);
  }
  return out;
}
