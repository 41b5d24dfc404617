/** Next fit: a new bin whenever the last one has no room. */
export function solve(sizes, capacity) {
  let bin = 0;
  let room = capacity;
  return sizes.map((size) => {
    if (size > room) {
      bin += 1;
      room = capacity;
    }
    room -= size;
    return bin;
  });
}
