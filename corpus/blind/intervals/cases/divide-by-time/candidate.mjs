export function solve(jobs) {
  const times = [...new Set(jobs.flatMap(([start, end]) => [start, end]))].sort((a, b) => a - b);
  const at = new Map(times.map((time, i) => [time, i]));
  const ending = times.map(() => []);
  jobs.forEach((job, i) => ending[at.get(job[1])].push(i));
  const best = [];
  const pick = [];
  times.forEach((_, t) => {
    best[t] = t === 0 ? 0 : best[t - 1];
    pick[t] = -1;
    for (const i of ending[t]) {
      const value = best[at.get(jobs[i][0])] + jobs[i][2];
      if (value > best[t]) [best[t], pick[t]] = [value, i];
    }
  });
  const chosen = [];
  for (let t = times.length - 1; t >= 0; ) {
    if (pick[t] < 0) t -= 1;
    else {
      chosen.unshift(pick[t]);
      t = at.get(jobs[pick[t]][0]);
    }
  }
  return chosen;
}
