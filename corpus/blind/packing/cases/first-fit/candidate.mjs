export const solve = (sizes, capacity) => {
  const loads = [];
  return sizes.map((size) => {
    const found = loads.findIndex((load) => load + size <= capacity);
    if (found >= 0) {
      loads[found] += size;
      return found;
    }
    return loads.push(size) - 1;
  });
};
