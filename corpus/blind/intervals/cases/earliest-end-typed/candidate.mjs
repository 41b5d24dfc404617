export function solve(jobs) {
  const ends = Float64Array.from(jobs, (job) => job[1]);
  const order = Uint32Array.from(jobs.keys()).sort((a, b) => ends[a] - ends[b] || a - b);
  const chosen = [];
  let free = -Infinity;
  for (let k = 0; k < order.length; k += 1) {
    const i = order[k];
    if (jobs[i][0] >= free) {
      free = ends[i];
      chosen.push(i);
    }
  }
  return chosen;
}
