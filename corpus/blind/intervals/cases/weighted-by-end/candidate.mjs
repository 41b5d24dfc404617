export function solve(jobs) {
  const order = [...jobs.keys()].sort((a, b) => jobs[a][1] - jobs[b][1] || a - b);
  const ends = order.map((i) => jobs[i][1]);
  const before = (start) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle] <= start) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const best = [0];
  order.forEach((i, k) => best.push(Math.max(best[k], best[Math.min(k, before(jobs[i][0]))] + jobs[i][2])));
  const chosen = [];
  for (let k = order.length; k > 0; ) {
    if (best[k] === best[k - 1]) k -= 1;
    else {
      chosen.push(order[k - 1]);
      k = Math.min(k - 1, before(jobs[order[k - 1]][0]));
    }
  }
  return chosen.reverse();
}
