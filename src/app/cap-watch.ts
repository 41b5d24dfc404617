/** `storage.cap` while a study runs: it pauses before the disk is anybody else's trouble. */
import { PacelineError } from '../core/errors.ts';
import { refuseFullState } from './state-size.ts';

/** The ledger of a busy study grows by a few megabytes in that time. */
const LOOK_MS = 5_000;

interface Watched {
  readonly root: string;
  readonly capBytes: number;
  /** Called once. */
  readonly onFull: () => void;
}

export interface CapWatch {
  /** Ends the watch; `DISK_FAILED` where it was found full, to be thrown unless the study had ended. */
  end(): PacelineError | undefined;
}

export function watchCap({ root, capBytes, onFull }: Watched, everyMs = LOOK_MS): CapWatch {
  let full: PacelineError | undefined;
  const look = (): void => {
    try {
      refuseFullState([root], capBytes);
    } catch (error) {
      // A workspace that went while it was counted: looked at again.
      if (!PacelineError.is(error)) return;
      full = error;
      clearInterval(timer);
      onFull();
    }
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  return {
    end() {
      clearInterval(timer);
      return full && pausedFor(full);
    },
  };
}

function pausedFor(full: PacelineError): PacelineError {
  const message = `${full.message} The study paused; nothing is lost. Continue with paceline resume.`;
  return new PacelineError('DISK_FAILED', message, full.data, { cause: full });
}
