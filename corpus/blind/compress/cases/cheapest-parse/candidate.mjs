const longest = (text, a, b) => {
  let same = 0;
  while (b + same < text.length && text[a + same] === text[b + same]) same += 1;
  return same;
};

export function solve(text) {
  const n = text.length;
  const cost = new Array(n + 1).fill(0);
  const step = new Array(n);
  for (let i = n - 1; i >= 0; i -= 1) {
    cost[i] = cost[i + 1] + 1;
    step[i] = null;
    for (let start = 0; start < i; start += 1) {
      for (let length = longest(text, start, i); length > 2; length -= 1) {
        if (cost[i + length] + 2 < cost[i]) {
          cost[i] = cost[i + length] + 2;
          step[i] = [i - start, length];
        }
      }
    }
  }
  const tokens = [];
  for (let i = 0; i < n; i += step[i] === null ? 1 : step[i][1]) tokens.push(step[i] ?? text[i]);
  return tokens;
}
