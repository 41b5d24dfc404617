export function solve(sizes, capacity) {
  const room = [];
  return sizes.map((size) => {
    let best = -1;
    for (let bin = 0; bin < room.length; bin += 1) {
      if (room[bin] >= size && (best < 0 || room[bin] < room[best])) best = bin;
    }
    if (best < 0) {
      room.push(capacity);
      best = room.length - 1;
    }
    room[best] -= size;
    return best;
  });
}
