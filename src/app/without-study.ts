/** How to go on where no study was kept: after a start that failed, in `doctor`, a dry run, a comparison. */
import { PacelineError, THEN_RESUME } from '../core/errors.ts';

/** The error with a remedy that fits: there is no study to resume. `again`: what to run instead. */
export function withoutStudy(error: unknown, again = 'the same command again'): unknown {
  if (!PacelineError.is(error) || !error.message.includes(THEN_RESUME)) return error;
  const message = error.message.replace(THEN_RESUME, `then run ${again}`);
  return new PacelineError(error.code, message, error.data, { cause: error });
}
