/** Misbehaves in its first calls only, which a warm-up would hide. */
let calls = 0;
export const sort = (list) => (calls++ > 5 ? [...list].sort((a, b) => a - b) : [...list]);
