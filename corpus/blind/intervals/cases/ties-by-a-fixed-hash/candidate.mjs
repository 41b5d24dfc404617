const hash = (i) => Math.imul(i + 1, 2_654_435_761) >>> 0;

export function solve(jobs) {
  const order = jobs.map((_, i) => i).sort((a, b) => jobs[a][1] - jobs[b][1] || hash(a) - hash(b));
  const chosen = [];
  let free = Number.NEGATIVE_INFINITY;
  order.forEach((i) => {
    if (jobs[i][0] < free) return;
    chosen.push(i);
    free = jobs[i][1];
  });
  return chosen;
}
