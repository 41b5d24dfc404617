function fullest(sizes, left, room) {
  const reach = new Map([[0, null]]);
  for (const i of left) {
    for (const [sum, link] of [...reach]) {
      const next = sum + sizes[i];
      if (next <= room && !reach.has(next)) reach.set(next, { i, link, sum });
    }
  }
  let best = 0;
  for (const sum of reach.keys()) if (sum > best) best = sum;
  const chosen = [];
  for (let link = reach.get(best); link; link = link.link) chosen.push(link.i);
  return chosen;
}

export function solve(sizes, capacity) {
  const left = [...sizes.keys()].sort((a, b) => sizes[b] - sizes[a] || a - b);
  const bins = new Array(sizes.length).fill(-1);
  for (let bin = 0; left.length > 0; bin += 1) {
    const [first] = left.splice(0, 1);
    const rest = fullest(sizes, left, capacity - sizes[first]);
    for (const i of [first, ...rest]) bins[i] = bin;
    for (const i of rest) left.splice(left.indexOf(i), 1);
  }
  return bins;
}
