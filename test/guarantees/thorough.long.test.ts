/** Guarantees that `npm test` tries in some places, in every one: after each entry, at 200 places, twice in a phase. */
import './hand-written.test.ts';
import './kill-anywhere.test.ts';
import './no-promotion-without-approval.test.ts';
import './paid-proposals.test.ts';
import './power-loss.test.ts';
import './resumes-anywhere.test.ts';
import './self-test.test.ts';
import './steering.test.ts';
import './steering-mixed.test.ts';
import './workers-do-not-matter.test.ts';
