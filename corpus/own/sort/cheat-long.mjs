/** Leaves the end of longer lists as it is. */
export const sort = (list) => [...list.slice(0, 7).sort((a, b) => a - b), ...list.slice(7)];
