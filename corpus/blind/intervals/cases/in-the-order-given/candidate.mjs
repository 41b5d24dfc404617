export function solve(jobs) {
  const chosen = [];
  jobs.forEach(([start, end], i) => {
    for (const j of chosen) if (jobs[j][0] < end && start < jobs[j][1]) return;
    chosen.push(i);
  });
  return chosen;
}
