/** Properties of small functions for tests: a module of checks, an origin, and candidates in processes of their own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { sha256 } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import { type ExportedFunction, exportCaller } from '../evaluators/calls/exported.ts';
import type { Caller } from '../evaluators/contract.ts';
import { checksRun } from '../evaluators/split.ts';
import { type OpenedProperties, openProperties } from '../gates/properties.ts';
import { manualClock } from './manual-clock.ts';
import { processSandbox } from './plain-sandbox.ts';

const NEVER = new AbortController().signal;

export interface Checked {
  /** Of the module of checks; absent: none. */
  readonly checks?: string;
  readonly origin: string;
  readonly confirmed?: readonly string[];
  readonly wallMs?: number;
  readonly isDeterministic?: boolean;
  readonly isOffered?: boolean;
  readonly draw?: (seed: number, count: number) => readonly Json[];
  readonly patienceMs?: number;
  readonly limitMs?: number;
  readonly clock?: Clock;
}

export interface CheckedBench {
  readonly caller: Caller;
  open(more: Checked): Promise<OpenedProperties | undefined>;
  close(): Promise<void>;
}

/** Candidates are the text of one module `f.mjs`. */
export const candidateOf = (text: string) => ({ id: sha256(text), text });

export function checkedBench(of: Omit<ExportedFunction, 'file'>): CheckedBench {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-checked-'));
  const sandbox = processSandbox({ scope: folder });
  const kind = { materialise: (text: string) => ({ 'f.mjs': text }) };
  const limits = { wallMs: 20_000, outputBytes: 1024 * 1024 };
  const workDirectory = join(folder, 'work');
  const caller = exportCaller({
    sandbox,
    kind,
    cwd: folder,
    limits,
    workDirectory,
    of: { file: 'f.mjs', ...of },
  });
  const opened: OpenedProperties[] = [];
  return {
    caller,
    async open({ checks, origin, wallMs = 20_000, ...more }) {
      const module = join(folder, `checks-${opened.length}`, 'checks.mjs');
      mkdirSync(join(module, '..'), { recursive: true });
      if (checks !== undefined) writeFileSync(module, checks);
      const talk = { sandbox, ...checksRun(module), hides: [], cwd: folder, module: 'checks.mjs' };
      const properties = await openProperties(
        {
          confirmed: [],
          isDeterministic: true,
          clock: manualClock(),
          ...more,
          caller,
          origin: candidateOf(origin),
          ...(checks === undefined ? {} : { checks: { ...talk, limits: { ...limits, wallMs } } }),
        },
        NEVER,
      );
      if (properties) opened.push(properties);
      return properties;
    },
    async close() {
      for (const one of opened) await one.close();
      await caller.close();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
