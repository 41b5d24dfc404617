/** The words on every screen and report for what held the evaluator, and what did not. */
import type { Limits, SandboxTraits } from '../../sandboxes/contract.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

const SHOWN: Readonly<Partial<Record<keyof Limits, (value: number) => string>>> = {
  wallMs: (ms) => `${ms / 1000} s`,
  cpuMs: (ms) => `${ms / 1000} s CPU`,
  memoryBytes: (bytes) => `${mebibytes(bytes)} memory`,
  outputBytes: (bytes) => `${mebibytes(bytes)} answer`,
  fileBytes: (bytes) => `${mebibytes(bytes)} a file`,
};

interface Held {
  readonly limits: Limits;
  /** Held to one core, where that can be had. */
  readonly oneCore?: boolean | undefined;
  /** What the limits are of. Default: a rollout. */
  readonly ends?: string;
}

export function isolationWords(traits: SandboxTraits, held: Held): string {
  const { limits, oneCore, ends = 'a rollout' } = held;
  const kept = Object.entries(SHOWN).flatMap(([limit, words]) => {
    const value = limits[limit as keyof Limits];
    return value === undefined ? [] : [words(value)];
  });
  const core = oneCore ? `; ${coreWords(traits)}` : '';
  return `${traits.isolation}; ${ends} is ended at ${kept.join(', ')}${core}`;
}

function coreWords({ oneCore }: SandboxTraits): string {
  return 'how' in oneCore ? oneCore.how : `not pinned: ${oneCore.unenforced}`;
}

function mebibytes(bytes: number): string {
  if (bytes < KIB) return `${bytes} bytes`;
  const [size, unit] = bytes < MIB ? [bytes / KIB, 'KiB'] : [bytes / MIB, 'MiB'];
  return `${Number(size.toPrecision(3))} ${unit}`;
}
