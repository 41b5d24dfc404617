/** The engine's side of the leash: started with the first foreign process, told of every group. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';

export interface LeashOptions {
  /** Path of leash.mjs. */
  readonly guard: string;
  /** What the marks of all runs begin with. */
  readonly prefix: string;
}

export class Leash {
  private readonly options: LeashOptions;
  private readonly groups = new Set<number>();
  private guard: ChildProcess | undefined;
  private starting: Promise<void> | undefined;

  constructor(options: LeashOptions) {
    this.options = options;
  }

  /** Resolves when the guard is there; one that was killed is replaced. Rejects as spawn does. */
  async hold(): Promise<void> {
    if (this.guard !== undefined) return;
    this.starting ??= this.start().finally(() => {
      this.starting = undefined;
    });
    await this.starting;
  }

  /** At once after the start: what dies before this line is written is found by its mark alone. */
  add(group: number): void {
    this.groups.add(group);
    this.guard?.stdin?.write(`+${group}\n`);
  }

  release(group: number): void {
    this.groups.delete(group);
    this.guard?.stdin?.write(`-${group}\n`);
  }

  /** Ends the guard. Only once nothing is held: it is not asked to look for what is left. */
  async close(): Promise<void> {
    await this.starting?.catch(() => undefined);
    const { guard } = this;
    if (guard === undefined) return;
    const ended = once(guard, 'exit');
    guard.kill('SIGKILL');
    guard.ref();
    await ended;
  }

  private async start(): Promise<void> {
    const { guard: path, prefix } = this.options;
    const guard = spawn(process.execPath, [path, prefix], {
      detached: true,
      cwd: '/',
      // Named, so that it is not taken for a process that is still being started.
      env: { PACELINE_LEASH: prefix },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await once(guard, 'spawn');
    guard.once('exit', () => {
      this.guard = undefined;
    });
    // It may be killed while we write; the next run starts another.
    guard.stdin.on('error', () => undefined);
    guard.unref();
    (guard.stdin as Socket).unref();
    guard.stdin.write([...this.groups].map((group) => `+${group}\n`).join(''));
    this.guard = guard;
  }
}
