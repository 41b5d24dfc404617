const statistics = { calls: 0 };

export function solve(jobs) {
  statistics.calls += 1;
  const order = [...jobs.keys()].sort((a, b) => jobs[a][1] - jobs[b][1] || jobs[b][2] - jobs[a][2]);
  const chosen = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const i of order) {
    if (jobs[i][0] < free) continue;
    chosen.push(i);
    free = jobs[i][1];
  }
  return chosen;
}
