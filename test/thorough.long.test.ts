/** What `npm test` tries in some places, or not at all, in every one: after each entry, at 200 places, twice in a phase. */
import '../examples/bin-packing/evaluator/parity.test.ts';
import '../src/optim/cma-restarts.test.ts';
import './architecture.test.ts';
import './cli/incidents.test.ts';
import './cli/propose.test.ts';
import './cli/verify.test.ts';
import './conformance/evaluators.test.ts';
import './guarantees/hand-written.test.ts';
import './guarantees/kill-anywhere.test.ts';
import './guarantees/no-promotion-without-approval.test.ts';
import './guarantees/paid-proposals.test.ts';
import './guarantees/power-loss.test.ts';
import './guarantees/resumes-anywhere.test.ts';
import './guarantees/self-test.test.ts';
import './guarantees/steering-mixed.test.ts';
import './guarantees/steering.test.ts';
import './guarantees/workers-do-not-matter.test.ts';
