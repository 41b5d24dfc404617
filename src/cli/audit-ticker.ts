/** What is said while an evaluator is attacked before a study: nothing in the first second, then that it goes on. */

export interface AuditTicker {
  readonly onAudit: (done: number, of: number) => void;
  /** Erases what was said. */
  end(): void;
}

const TICK_MS = 1_000;
/** Ticks between two lines where nothing can be overwritten. */
const PLAIN_TICKS = 10;

export function auditTicker(write: (text: string) => void, isTty: boolean): AuditTicker {
  let timer: ReturnType<typeof setInterval> | undefined;
  let ticks = 0;
  let line = '';
  const tick = (): void => {
    const text = `${line}, ${++ticks} s`;
    if (isTty) write(`\r\u001b[K${text}`);
    else if (ticks % PLAIN_TICKS === 1) write(`${text}\n`);
  };
  const end = (): void => {
    clearInterval(timer);
    if (isTty && ticks > 0) write('\r\u001b[K');
    [timer, ticks] = [undefined, 0];
  };
  return {
    onAudit(done, of) {
      line = `attacking the evaluator before the first trial: ${done} of ${of} known-bad candidates`;
      if (done === of) end();
      else timer ??= setInterval(tick, TICK_MS).unref();
    },
    end,
  };
}
