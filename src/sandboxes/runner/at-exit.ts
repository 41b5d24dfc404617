/** What has to go however the process ends: `process.exit` waits for nothing, and hears of one listener here. */

const pending = new Set<() => void>();

function runAll(): void {
  for (const leave of pending) leave();
}

/** `leave` runs as the process ends, without waiting. @returns Takes it back, once it is done otherwise. */
export function atExit(leave: () => void): () => void {
  if (pending.size === 0) process.once('exit', runAll);
  pending.add(leave);
  return () => {
    pending.delete(leave);
    if (pending.size === 0) process.off('exit', runAll);
  };
}
