/** The same tests, thinned out for `npm test`: thorough.long.test.ts runs them in full. */
export const isThorough: boolean = process.env['PACELINE_TESTS'] === 'long';

/** Entries between two cuts of a study; 1 is every one. */
export const STEP: number = isThorough ? 1 : 3;
