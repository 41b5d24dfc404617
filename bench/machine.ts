import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { measureFdatasync } from '../src/app/doctor-disk.ts';
import { quantile } from './figure.ts';

/** What the figures were measured on: without it they mean little. */
export function describeMachine(folder: string): readonly string[] {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const memory = (totalmem() / 1024 ** 3).toFixed(1);
  const load = loadavg().map((one) => one.toFixed(2));
  const syncs = measureFdatasync(folder);
  const ms = (share: number): string => quantile(syncs, share).toFixed(2);
  return [
    `${model}, ${availableParallelism()} cores, ${memory} GiB, Node ${process.versions.node}, ${kernel()}`,
    `load ${load.join(' ')} at the start; fdatasync of the disk p50 ${ms(0.5)} ms, p99 ${ms(0.99)} ms`,
  ];
}

function kernel(): string {
  try {
    return `Linux ${readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim()}`;
  } catch {
    return process.platform;
  }
}
