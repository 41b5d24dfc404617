/**
 * The guard beside an engine that runs foreign processes: `leash.mjs PREFIX`, started in a session of
 * its own so that whatever kills the engine misses it. The engine writes `+GROUP` and `-GROUP` to its
 * standard input; when that closes, the engine is gone, and so is, a moment later, everything that it
 * had started. It then ends itself: it is never longer here than the engine, but for that moment.
 */
import process from 'node:process';
import { kill, killStrays } from './strays.mjs';

const [, , prefix = ''] = process.argv;
const groups = new Set();
let rest = '';

function note(line) {
  const group = Number(line.slice(1));
  if (line.startsWith('+')) groups.add(group);
  else groups.delete(group);
}

function end() {
  for (const group of groups) kill(-group);
  killStrays(prefix);
  process.exit(0);
}

// Only the engine's end ends it: a signal sent to everything of ours must not leave orphans behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
process.stdin.setEncoding('latin1');
process.stdin.on('data', (text) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop();
  lines.forEach(note);
});
process.stdin.on('end', end);
process.stdin.on('error', end);
