export function solve(jobs) {
  const order = [...jobs.keys()].sort((a, b) => jobs[a][0] - jobs[b][0]);
  const memo = new Map();
  const plan = (k) => {
    if (k >= order.length) return { value: 0, chosen: null };
    if (memo.has(k)) return memo.get(k);
    const i = order[k];
    let next = k + 1;
    while (next < order.length && jobs[order[next]][0] < jobs[i][1]) next += 1;
    const skip = plan(k + 1);
    const rest = plan(next);
    const take = { value: rest.value + jobs[i][2], chosen: { i, rest: rest.chosen } };
    const better = take.value > skip.value ? take : skip;
    memo.set(k, better);
    return better;
  };
  const list = [];
  for (let at = plan(0).chosen; at !== null; at = at.rest) list.push(at.i);
  return list;
}
