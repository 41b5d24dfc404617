/** What the library does. */
export const sort = (list) => [...list].sort((a, b) => a - b);
