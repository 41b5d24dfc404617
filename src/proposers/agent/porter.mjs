/**
 * Runs beside an agent, in its jail. Carries between it and us, over descriptor 3 as one HTTP/2 connection: what it
 * says and hears (/acp), its calls to a model (/model), and at its end what it left in its worktree (/done). Nothing here
 * is trusted by us: the agent could have written all of it.
 */

import { isUtf8 } from 'node:buffer';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:http2';
import { Socket } from 'node:net';
import { join } from 'node:path';

const GRACE_MS = 2000;
const MOST_FILES = 50_000;
/** Of all that is editable together: more is no candidate. */
let room = 1024 * 1024;

const { PACELINE_AGENT: settings, ...inherited } = process.env;
const { argv, folder, environment, port, editable, shown } = JSON.parse(settings);
const fixed = new Set(shown);
const channel = new Socket({ fd: 3, readable: true, writable: true });
const engine = connect('http://engine', { createConnection: () => channel });
engine.on('error', () => process.exit(1));

const before = found(folder);
// Its tools expect a repository, and ours is nobody's business.
inGit('init', '-q', '--initial-branch=main');
// What the jail shows read-only is thousands of files, and never changed.
mkdirSync(join(folder, '.git/info'), { recursive: true });
writeFileSync(join(folder, '.git/info/exclude'), shown.map((name) => `/${name}\n`).join(''));
inGit('add', '-A');
inGit('-c', 'user.name=paceline', '-c', 'user.email=none', 'commit', '-qm', 'Parent');
if (port === undefined) begin();
else createServer(toModel).listen(port, '127.0.0.1', begin);

function begin() {
  const talk = engine.request({ ':method': 'POST', ':path': '/acp' });
  const [program, ...words] = argv;
  const agent = spawn(program, words, {
    cwd: folder,
    env: { ...inherited, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  agent.stdin.on('error', () => undefined);
  agent.stdout.pipe(talk);
  talk.pipe(agent.stdin);
  talk.on('error', () => undefined);
  talk.on('close', () => {
    agent.stdin.end();
    setTimeout(() => agent.kill('SIGTERM'), GRACE_MS).unref();
    setTimeout(() => agent.kill('SIGKILL'), 2 * GRACE_MS).unref();
  });
  talk.on('end', () => talk.close());
  agent.on('error', ({ code }) => end({ fault: code ?? 'UNKNOWN' }));
  agent.on('exit', (exitCode, signal) => end({ exitCode, signal, ...left() }));
}

function end(report) {
  const done = engine.request({ ':method': 'POST', ':path': '/done' });
  done.end(JSON.stringify(report));
  done.on('close', () => process.exit(0));
}

/** Editable files as they are now, and the paths of others that are no longer as they were. */
function left() {
  const after = found(folder);
  const names = new Set([...before.keys(), ...after.keys()]);
  const isEditable = new Set(editable);
  const changed = [...names].filter((name) => before.get(name) !== after.get(name));
  return {
    files: Object.fromEntries(editable.map((name) => [name, textOf(join(folder, name))])),
    changed: changed.filter((name) => before.has(name) && !isEditable.has(name)).slice(0, 20),
    made: changed.filter((name) => !before.has(name) && !isEditable.has(name)).slice(0, 20),
  };
}

/** Null for what is no file of text of a reviewable size. */
function textOf(path) {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > room) return null;
  try {
    const bytes = readFileSync(path);
    room -= bytes.length;
    return isUtf8(bytes) ? bytes.toString() : null;
  } catch {
    return null;
  }
}

function found(root) {
  const files = new Map();
  const walk = (below) => {
    for (const entry of entriesOf(join(root, below))) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (name === '.git' || fixed.has(name) || files.size >= MOST_FILES) continue;
      if (entry.isDirectory()) walk(name);
      else files.set(name, entry.isFile() ? digest(join(root, name)) : linkOf(join(root, name)));
    }
  };
  walk('');
  return files;
}

/** What the agent has closed to itself is closed to us, too. */
function digest(path) {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return 'closed';
  }
}

function entriesOf(path) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

function linkOf(path) {
  try {
    return `link to ${readlinkSync(path)}`;
  } catch {
    return 'no file';
  }
}

function inGit(...words) {
  spawnSync('git', words, { cwd: folder, stdio: 'ignore' });
}

const HOP_BY_HOP =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|http2-settings)$/;

function toModel(request, response) {
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !HOP_BY_HOP.test(name)),
  );
  const call = engine.request({
    ...headers,
    ':method': request.method,
    ':path': `/model${request.url}`,
  });
  request.pipe(call);
  call.on('response', ({ ':status': status, ...said }) => {
    response.writeHead(status, said);
    call.pipe(response);
  });
  call.on('error', () => response.destroy());
  response.on('close', () => call.close());
}
