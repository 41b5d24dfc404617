export function solve(jobs) {
  let best = -1;
  for (let i = 0; i < jobs.length; i += 1) if (best < 0 || jobs[i][2] > jobs[best][2]) best = i;
  return best < 0 ? [] : [best];
}
