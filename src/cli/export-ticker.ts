/** How far an export is: nothing in the first second, then the share that is done. */
const TICK_MS = 1_000;
/** Ticks between two lines where nothing can be overwritten. */
const PLAIN_TICKS = 10;
const PERCENT = 100;

export interface ExportTicker {
  readonly onProgress: (done: number, of: number) => void;
  /** Erases what was said. */
  end(): void;
}

export function exportTicker(write: (text: string) => void, isTty: boolean): ExportTicker {
  let line = 'exporting: checking the ledger';
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
    if (isTty) write(`\r\u001b[K${line}`);
    else if (ticks % PLAIN_TICKS === 1) write(`${line}\n`);
  }, TICK_MS).unref();
  return {
    onProgress(done, of) {
      const share = Math.floor((PERCENT * done) / Math.max(of, 1));
      line = `exporting: ${share} % of ${of.toLocaleString('en')} entries`;
    },
    end() {
      clearInterval(timer);
      if (isTty && ticks > 0) write('\r\u001b[K');
    },
  };
}
