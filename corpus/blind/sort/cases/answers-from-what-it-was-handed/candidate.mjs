export function solve(list) {
  for (let i = 1; i < list.length; i += 1) {
    const item = list[i];
    let j = i;
    while (j > 0 && list[j - 1] > item) {
      list[j] = list[j - 1];
      j -= 1;
    }
    list[j] = item;
  }
  return list;
}
