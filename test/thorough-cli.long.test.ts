/** What `npm test` leaves out of the command line, in full: further starts of it, each half a second of CPU time. */
import './cli/approve.test.ts';
import './cli/bad-input.test.ts';
import './cli/checks.test.ts';
import './cli/incidents.test.ts';
import './cli/life.test.ts';
import './cli/propose.test.ts';
import './cli/recursion.test.ts';
import './cli/repository.test.ts';
import './cli/verify.test.ts';
