function runsOf(list) {
  const runs = [];
  for (let i = 0; i < list.length; ) {
    let j = i + 1;
    if (j < list.length && list[j] < list[i]) {
      while (j < list.length && list[j] < list[j - 1]) j += 1;
      runs.push(list.slice(i, j).reverse());
    } else {
      while (j < list.length && list[j] >= list[j - 1]) j += 1;
      runs.push(list.slice(i, j));
    }
    i = j;
  }
  return runs;
}

function merge(a, b) {
  const out = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) out.push(a[i] <= b[j] ? a[i++] : b[j++]);
  while (i < a.length) out.push(a[i++]);
  while (j < b.length) out.push(b[j++]);
  return out;
}

export function solve(list) {
  let runs = runsOf(list);
  while (runs.length > 1) {
    const next = [];
    for (let i = 0; i < runs.length; i += 2) next.push(i + 1 < runs.length ? merge(runs[i], runs[i + 1]) : runs[i]);
    runs = next;
  }
  return runs[0] ?? [];
}
