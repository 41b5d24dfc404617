const loads = [];

export function solve(sizes, capacity) {
  try {
    return sizes.map((size) => {
      for (let bin = 0; bin < loads.length; bin += 1) {
        if (loads[bin] + size <= capacity) {
          loads[bin] += size;
          return bin;
        }
      }
      loads.push(size);
      return loads.length - 1;
    });
  } finally {
    loads.length = 0;
  }
}
