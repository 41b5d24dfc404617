export function solve(a, b) {
  const rows = new Map();
  const sums = new Int32Array(a.length + b.length - 1);
  a.forEach((item, i) => {
    let row = rows.get(item);
    if (row === undefined) {
      row = Int32Array.from(b, (other) => item * other);
      rows.set(item, row);
    }
    for (let j = 0; j < row.length; j += 1) sums[i + j] += row[j];
  });
  return Array.from(sums);
}
