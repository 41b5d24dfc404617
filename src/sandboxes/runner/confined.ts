/** How a driver says what is started for a run. */
import type { Limits, Run, SandboxTraits } from '../contract.ts';
import type { Group } from '../jail/cgroup.ts';

/** What is started in place of a run's own program. */
export interface Confined {
  readonly argv: readonly string[];
  /** All of it; the mark is added. */
  readonly environment: Readonly<Record<string, string>>;
  /** Absent: that of the run. */
  readonly cwd?: string;
  /** Those of the run and what holds where it names none. Absent: those of the run. */
  readonly limits?: Limits;
  /** Absent: ours. */
  readonly user?: number | undefined;
  /** Bytes, and files by their path, read by what confines on descriptors from FIRST_INPUT on; the program itself gets none of them. */
  readonly inputs?: readonly (Uint8Array | string)[];
  /**
   * Folders in it that are file systems of its own, which keep the limit themselves. Absent: what it may
   * write lies with us, and is looked at.
   */
  readonly ownDisks?: readonly string[];
  /** Where the program is put before it begins: what confines it waits at the last descriptor. */
  readonly group?: Group | undefined;
  /**
   * What confines tells in JSON, on the descriptor after its inputs, which process it made and how
   * that ended. Where nothing is said of an end, the program never began.
   */
  readonly tellsStatus?: boolean;
  /**
   * What is started is not the parent of the program: a program that ended by signal n is told as
   * exit code 128 + n, and its CPU time is the group's, or what it was at the last look.
   */
  readonly isIndirect?: boolean;
}

/** After input, output, evidence and answer. */
export const FIRST_INPUT = 4;

/** How a driver holds what it runs; holding it to one core is the runner's. */
export interface Confinement {
  readonly traits: Omit<SandboxTraits, 'oneCore'>;
  confine(run: Run): Confined;
}
