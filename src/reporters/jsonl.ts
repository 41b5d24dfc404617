/** One JSON line per stored event: for pipes and for `--events`. */
import type { Reporter } from './contract.ts';

export function jsonlReporter(write: (text: string) => void): Reporter {
  return {
    onEvents: (events) => write(events.map((event) => `${JSON.stringify(event)}\n`).join('')),
  };
}
