/**
 * Run times are measured on one core, the same for every study of this machine. Whoever measures holds a name in the kernel
 * (an abstract socket), which goes with the process: two at once find each other out.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

export interface CoreClaim {
  /** Nobody else on this machine, in this network namespace, measures there now. */
  readonly isAlone: boolean;
  release(): void;
}

/** Studies of one process measure by turns. */
const ours = new Map<string, { count: number; readonly server: Server | undefined }>();

/** @param core Names it: the same words for everybody who measures there. */
export async function claimCore(core: string): Promise<CoreClaim> {
  const known = ours.get(core) ?? { count: 0, server: await listening(core) };
  known.count += 1;
  ours.set(core, known);
  return {
    isAlone: known.server !== undefined,
    release() {
      known.count -= 1;
      if (known.count > 0) return;
      ours.delete(core);
      known.server?.close();
    },
  };
}

/** Undefined where somebody else has it. */
async function listening(core: string): Promise<Server | undefined> {
  const server = createServer((peer) => peer.destroy());
  server.unref();
  server.listen(`\0paceline run times ${core}`);
  try {
    await once(server, 'listening');
    return server;
  } catch {
    return undefined;
  }
}
