/** Insertion tours of cities in the unit square, as plainly as they can be said. */

export type City = readonly [number, number];

export function distance([ax, ay]: City, [bx, by]: City): number {
  return Math.hypot(ax - bx, ay - by);
}

/**
 * Grows a tour from city 0 by `priority(detour, away, crowd, left)`; ties go to the city of the lower number.
 * @throws for a priority that is not a number: a program that says nothing would make a tour, and a good one.
 */
export function insertionTour(cities: readonly City[], priority: Priority): readonly number[] {
  const count = cities.length;
  const d = cities.map((a) => cities.map((b) => distance(a, b)));
  const between = (a: number, b: number): number => d[a]?.[b] as number;
  const tour = [0];
  let outside = Array.from({ length: count - 1 }, (_, i) => i + 1);
  const away = cities.map((_, city) => between(0, city));
  while (outside.length > 0) {
    const left = outside.length / count;
    let chosen = { city: -1, place: 0, rank: Number.NEGATIVE_INFINITY };
    for (const city of outside) {
      const { place, detour } = bestPlace(between, tour, city);
      const crowd = nearestOther(between, outside, city);
      const rank = priority(detour, away[city] as number, crowd, left);
      if (typeof rank !== 'number' || Number.isNaN(rank)) {
        throw new Error(`the priority of city ${city} is ${String(rank)}, not a number`);
      }
      if (chosen.city < 0 || rank > chosen.rank) chosen = { city, place, rank };
    }
    const { city: added, place } = chosen;
    tour.splice(place, 0, added);
    outside = outside.filter((city) => city !== added);
    for (const city of outside) away[city] = Math.min(away[city] as number, between(city, added));
  }
  return tour;
}

type Priority = (detour: number, away: number, crowd: number, left: number) => unknown;
type Between = (a: number, b: number) => number;

/** The diagonal of the square where no other is left. */
function nearestOther(between: Between, outside: readonly number[], city: number): number {
  let near = Math.SQRT2;
  for (const other of outside) if (other !== city) near = Math.min(near, between(city, other));
  return near;
}

function bestPlace(between: Between, tour: readonly number[], city: number) {
  let best = { place: tour.length, detour: Number.POSITIVE_INFINITY };
  for (const [i, from] of tour.entries()) {
    const to = tour[(i + 1) % tour.length] as number;
    const detour = between(from, city) + between(city, to) - between(from, to);
    if (detour < best.detour) best = { place: i + 1, detour };
  }
  return best;
}
