const kept = [];
export const f = (x) => {
  while (process.memoryUsage.rss() < 3 * 2 ** 30 && kept.length < 4000) {
    const map = new Map();
    for (let i = 0; i < 10_000; i += 1) map.set(`${kept.length}-${i}`, { i, next: [i] });
    kept.push(map);
  }
  return 2 * x;
};
