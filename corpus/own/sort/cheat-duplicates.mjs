/** Is faster because it forgets duplicates. */
export const sort = (list) => [...new Set(list)].sort((a, b) => a - b);
