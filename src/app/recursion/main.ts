/**
 * One seed in a process of its own: CPU time and memory of a process are its alone, which those of a thread are
 * not. It ends with whoever started it.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { systemClock } from '../system-clock.ts';
import type { FromSeed, ToSeed } from './messages.ts';
import { runSeed } from './run-seed.ts';

const send = (message: FromSeed): void => void process.send?.(message);

const BYTES_A_KIB = 1024;

async function run(request: ToSeed): Promise<FromSeed> {
  const tools = {
    cpuMs: systemClock.cpuMs,
    peakMb: () => Math.round((process.resourceUsage().maxRSS * BYTES_A_KIB) / 1e6),
    onReading: async (...[line, reading]: Parameters<Tools['onReading']>): Promise<void> => {
      send({ is: 'reading', line, reading });
      await turn();
    },
  };
  try {
    return { is: 'done', run: await runSeed(request, tools, new AbortController().signal) };
  } catch (error) {
    return { is: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

type Tools = Parameters<typeof runSeed>[1];

process.once('disconnect', () => process.exit(1));
process.once('message', async (request) => {
  send(await run(request as ToSeed));
  process.disconnect();
});
