export function solve(jobs) {
  const rate = ([start, end, value]) => value / (end - start);
  const chosen = [];
  for (const [i, job] of [...jobs.entries()].sort((a, b) => rate(b[1]) - rate(a[1]))) {
    const isFree = chosen.every((j) => jobs[j][1] <= job[0] || job[1] <= jobs[j][0]);
    if (isFree) chosen.push(i);
  }
  return chosen.sort((a, b) => jobs[a][0] - jobs[b][0]);
}
