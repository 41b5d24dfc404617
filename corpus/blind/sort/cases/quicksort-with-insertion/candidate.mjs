const SHORT = 12;

function insertion(a, low, high) {
  for (let i = low + 1; i <= high; i += 1) {
    const item = a[i];
    let j = i - 1;
    while (j >= low && a[j] > item) {
      a[j + 1] = a[j];
      j -= 1;
    }
    a[j + 1] = item;
  }
}

function quick(a, low, high) {
  if (high - low < SHORT) {
    insertion(a, low, high);
    return;
  }
  const middle = (low + high) >> 1;
  const [, pivot] = [a[low], a[middle], a[high]].sort((x, y) => x - y);
  let i = low;
  let j = high;
  while (i <= j) {
    while (a[i] < pivot) i += 1;
    while (a[j] > pivot) j -= 1;
    if (i <= j) {
      [a[i], a[j]] = [a[j], a[i]];
      i += 1;
      j -= 1;
    }
  }
  if (low < j) quick(a, low, j);
  if (i < high) quick(a, i, high);
}

export function solve(list) {
  const a = list.slice();
  quick(a, 0, a.length - 1);
  return a;
}
