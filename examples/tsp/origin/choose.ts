/**
 * A tour is grown city by city: the one with the highest priority is put where it lengthens the tour
 * least, until none is left. This origin is cheapest insertion.
 *
 * detour: how much the tour grows; away: distance to the nearest city of the tour; crowd: distance to
 * the nearest city that is still outside; left: share of the cities still outside.
 */
// EVOLVE-BLOCK-START
export function priority(detour: number, away: number, crowd: number, left: number): number {
  return -detour;
}
// EVOLVE-BLOCK-END
