const CAPACITY = 100;

export function solve(sizes) {
  const room = [];
  return sizes.map((size) => {
    let best = -1;
    for (let bin = 0; bin < room.length; bin += 1) {
      if (room[bin] >= size && (best < 0 || room[bin] < room[best])) best = bin;
    }
    if (best < 0) {
      best = room.length;
      room.push(Math.max(CAPACITY, size));
    }
    room[best] -= size;
    return best;
  });
}
