/** Starts the gatekeeper: a process of its own, with an environment of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Line } from '../../gatekeeper/client.ts';
import type { Introduction } from '../../gatekeeper/messages.ts';

/** What it needs to find programs, its caches and its language. Secrets of providers are none of it. */
const HANDED_ON = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'XDG_CACHE_HOME', 'PACELINE_BUILT_GATE'];

/** Begun at once, so that it is ready when somebody asks. */
export function gatekeeperLine(introduction: Introduction): Line {
  const line = new Line({ start: startGatekeeper, introduction });
  line.open();
  return line;
}

function startGatekeeper(): ChildProcess {
  const env = Object.fromEntries(
    HANDED_ON.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return spawn(process.execPath, ['--no-warnings', entry()], {
    env,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

function entry(): string {
  const here = fileURLToPath(import.meta.url);
  const extension = extname(here);
  if (extension === '.ts') return join(here, '../main-dev.mjs');
  return join(here, `../gatekeeper-main${extension}`);
}
