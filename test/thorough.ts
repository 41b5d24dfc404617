import { type TestAPI, test } from 'vitest';

/** Left out, or thinned out, by `npm test`, which has five minutes: thorough*.long.test.ts run them in full. */
export const isThorough: boolean = process.env['PACELINE_TESTS'] === 'long';

/** A test that takes seconds of CPU time and guards what changes rarely. */
export const thorough: TestAPI = test.skipIf(!isThorough) as TestAPI;

/** Entries between two cuts of a study; 1 is every one. */
export const STEP: number = isThorough ? 1 : 5;
