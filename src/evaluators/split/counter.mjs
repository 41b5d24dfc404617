/** Counts the steps (steps.mjs) of one answer at a time. */
import { randomBytes } from 'node:crypto';

/** The worker's second argument: the most steps of one answer. Without one, nothing is counted. */
const LIMIT = process.argv[3] === undefined ? undefined : Number(process.argv[3]);

export const isCounted = LIMIT !== undefined;

/** What counted code calls: no candidate can know it while it is written. */
export const NAME = `step_${randomBytes(8).toString('hex')}`;

let taken = 0;
/** While modules load: an answer takes the same steps, whichever it is of a realm. */
let pauses = 0;

export function step() {
  if (pauses > 0) return;
  taken++;
  if (taken > LIMIT) throw new RangeError(`took more than ${LIMIT} steps`);
}

export function startCount() {
  taken = 0;
}

export function stepsTaken() {
  return taken;
}

/** Until it waits for something: what a module waits for never keeps other steps from being counted. */
export function uncounted(work) {
  pauses++;
  try {
    return work();
  } finally {
    pauses--;
  }
}
