const clash = (a, b) => a[0] < b[1] && b[0] < a[1];

export function solve(jobs) {
  const left = jobs.map((_, i) => i).sort((a, b) => jobs[b][2] - jobs[a][2]);
  const chosen = [];
  while (left.length > 0) {
    const last = chosen.at(-1);
    const at = last === undefined ? 0 : left.findIndex((i) => !clash(jobs[last], jobs[i]));
    if (at < 0) break;
    chosen.push(...left.splice(at, 1));
  }
  return chosen;
}
