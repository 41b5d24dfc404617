/** The words on every screen and report for what held the evaluator, and what did not. */
import type { Limits, SandboxTraits } from '../../sandboxes/contract.ts';

const MIB = 1024 * 1024;

const SHOWN: Readonly<Partial<Record<keyof Limits, (value: number) => string>>> = {
  wallMs: (ms) => `${ms / 1000} s`,
  cpuMs: (ms) => `${ms / 1000} s CPU`,
  memoryBytes: (bytes) => `${mebibytes(bytes)} memory`,
  outputBytes: (bytes) => `${mebibytes(bytes)} answer`,
  fileBytes: (bytes) => `${mebibytes(bytes)} a file`,
};

export function isolationWords({ isolation }: SandboxTraits, limits: Limits): string {
  const kept = Object.entries(SHOWN).flatMap(([limit, words]) => {
    const value = limits[limit as keyof Limits];
    return value === undefined ? [] : [words(value)];
  });
  return `${isolation}; a rollout is ended at ${kept.join(', ')}`;
}

function mebibytes(bytes: number): string {
  return `${Number((bytes / MIB).toPrecision(3))} MiB`;
}
