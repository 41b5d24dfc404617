/** Dead ends a study begins with: all of them stand in its first entry, which every command reads. */
export const MOST_USED = 2000;
