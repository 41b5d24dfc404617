export function solve(jobs) {
  const order = [...jobs.keys()].sort((a, b) => jobs[a][1] - jobs[b][1]);
  const chosen = [];
  let free = -Infinity;
  for (const i of order) {
    if (jobs[i][0] < free) continue;
    chosen.push(i);
    free = jobs[i][1];
  }
  if (chosen.length < 2) return chosen;
  const best = chosen.reduce((a, b) => (jobs[b][2] > jobs[a][2] ? b : a));
  return chosen.at(-1) === best ? [best, ...chosen] : [...chosen, best];
}
