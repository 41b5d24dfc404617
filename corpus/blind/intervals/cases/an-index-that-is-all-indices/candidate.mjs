export function solve(jobs) {
  const order = Object.keys(jobs).sort((a, b) => jobs[a][1] - jobs[b][1]);
  const chosen = [];
  let free = -Infinity;
  for (const name of order) {
    const [start, end] = jobs[name];
    if (start >= free) {
      chosen.push(Object.assign([name], { valueOf: () => Number(name) }));
      free = end;
    }
  }
  return chosen;
}
