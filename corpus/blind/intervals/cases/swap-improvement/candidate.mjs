const clash = (a, b) => a[0] < b[1] && b[0] < a[1];

export function solve(jobs) {
  let chosen = [];
  for (const i of [...jobs.keys()].sort((a, b) => jobs[a][1] - jobs[b][1] || a - b)) {
    if (!chosen.some((j) => clash(jobs[i], jobs[j]))) chosen.push(i);
  }
  for (let improved = true; improved; ) {
    improved = false;
    for (let i = 0; i < jobs.length; i += 1) {
      if (chosen.includes(i)) continue;
      const displaced = chosen.filter((j) => clash(jobs[i], jobs[j]));
      if (displaced.reduce((sum, j) => sum + jobs[j][2], 0) < jobs[i][2]) {
        chosen = [...chosen.filter((j) => !displaced.includes(j)), i];
        improved = true;
      }
    }
  }
  return chosen;
}
