const HOURS = 130;

export function solve(jobs) {
  const best = new Float64Array(HOURS + 1);
  const taken = new Int32Array(HOURS + 1).fill(-1);
  for (let hour = 1; hour <= HOURS; hour += 1) {
    best[hour] = best[hour - 1];
    jobs.forEach(([start, end, value], i) => {
      if (end === hour && best[start] + value > best[hour]) {
        best[hour] = best[start] + value;
        taken[hour] = i;
      }
    });
  }
  const chosen = [];
  for (let hour = HOURS; hour > 0; ) {
    if (taken[hour] < 0) hour -= 1;
    else {
      chosen.push(taken[hour]);
      hour = jobs[taken[hour]][0];
    }
  }
  return chosen.reverse();
}
