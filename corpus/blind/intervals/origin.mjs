/** Takes whatever ends first. */
export function solve(jobs) {
  const order = jobs.map((_, index) => index).sort((a, b) => jobs[a][1] - jobs[b][1] || a - b);
  const chosen = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    if (jobs[index][0] < free) continue;
    chosen.push(index);
    free = jobs[index][1];
  }
  return chosen;
}
