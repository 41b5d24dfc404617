/** Insertion tours of cities in the unit square, as plainly as they can be said. */

/** City coordinates of one instance: uniform, from mulberry32 of a 32-bit seed. */
export function makeCities(seed, count) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return Array.from({ length: count }, () => [next(), next()]);
}

export function distance([ax, ay], [bx, by]) {
  return Math.hypot(ax - bx, ay - by);
}

export function tourLength(cities, tour) {
  return tour.reduce(
    (sum, city, i) => sum + distance(cities[city], cities[tour[(i + 1) % tour.length]]),
    0,
  );
}

/**
 * Grows a tour from city 0 by `priority(detour, away, crowd, left)`. A priority that is not a number
 * counts as the lowest, so every program makes a tour; ties go to the city of the lower number.
 */
export function insertionTour(cities, priority) {
  const count = cities.length;
  const d = cities.map((a) => cities.map((b) => distance(a, b)));
  const tour = [0];
  const outside = Array.from({ length: count - 1 }, (_, i) => i + 1);
  const away = d[0].slice();
  while (outside.length > 0) {
    const left = outside.length / count;
    let chosen;
    for (const city of outside) {
      const { place, detour } = bestPlace(d, tour, city);
      const crowd = outside.reduce(
        (near, other) => (other === city ? near : Math.min(near, d[city][other])),
        2,
      );
      const value = Number(priority(detour, away[city], crowd, left));
      const rank = Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
      if (chosen === undefined || rank > chosen.rank) chosen = { city, place, rank };
    }
    tour.splice(chosen.place, 0, chosen.city);
    outside.splice(outside.indexOf(chosen.city), 1);
    for (const city of outside) away[city] = Math.min(away[city], d[city][chosen.city]);
  }
  return tour;
}

function bestPlace(d, tour, city) {
  let best = { place: tour.length, detour: Number.POSITIVE_INFINITY };
  for (let i = 0; i < tour.length; i++) {
    const from = tour[i];
    const to = tour[(i + 1) % tour.length];
    const detour = d[from][city] + d[city][to] - d[from][to];
    if (detour < best.detour) best = { place: i + 1, detour };
  }
  return best;
}

/**
 * Expected length of the best tour of uniform cities in the unit square (Johnson & McGeoch 1996:
 * 0.7124 · √(nA) · (1 + 0.33/n)), so that the excess of an instance is comparable between sizes.
 */
export function expectedBest(count) {
  return 0.7124 * Math.sqrt(count) * (1 + 0.33 / count);
}
