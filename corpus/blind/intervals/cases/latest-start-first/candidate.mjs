export function solve(jobs) {
  const chosen = [];
  let busy = Infinity;
  for (const i of [...jobs.keys()].sort((a, b) => jobs[b][0] - jobs[a][0] || a - b)) {
    if (jobs[i][1] > busy) continue;
    chosen.unshift(i);
    busy = jobs[i][0];
  }
  return chosen;
}
