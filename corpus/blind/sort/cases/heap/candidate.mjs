class Heap {
  #items = [];

  push(item) {
    const items = this.#items;
    items.push(item);
    let at = items.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (items[parent] <= items[at]) break;
      [items[parent], items[at]] = [items[at], items[parent]];
      at = parent;
    }
  }

  pop() {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (items.length > 0) {
      items[0] = last;
      let at = 0;
      for (;;) {
        const left = 2 * at + 1;
        if (left >= items.length) break;
        const child = left + 1 < items.length && items[left + 1] < items[left] ? left + 1 : left;
        if (items[at] <= items[child]) break;
        [items[at], items[child]] = [items[child], items[at]];
        at = child;
      }
    }
    return top;
  }
}

export function solve(list) {
  const heap = new Heap();
  list.forEach((item) => heap.push(item));
  return list.map(() => heap.pop());
}
