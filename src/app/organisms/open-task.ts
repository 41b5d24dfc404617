/** A task of the corpus, opened as the gate of a study would be: its checks, and all that they look with. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Candidate } from '../../core/candidate.ts';
import { sha256 } from '../../core/hash.ts';
import type { RngRoot } from '../../core/rng.ts';
import type { Metered } from '../../gatekeeper/bench.ts';
import type { CorpusTask } from '../corpus/cases.ts';
import { examinerIn } from '../qualification/known-tasks.ts';
import { layOut } from '../qualification/lay-out.ts';
import { withPublicCases } from '../qualification/public-cases.ts';

export interface OpenedTask {
  readonly metered: Metered;
  readonly origin: Candidate;
  /** Of a candidate's text in the corpus. */
  readonly candidateOf: (text: string) => Candidate;
  close(): Promise<void>;
}

export interface OpenRequest {
  /** An empty folder for it. */
  readonly at: string;
  readonly secrets: RngRoot;
}

/**
 * Without mutants: how much the properties notice (C9) is measured of the origin, takes longer than all else and
 * decides nothing about a candidate.
 */
export async function openTask(
  task: CorpusTask,
  { at, secrets }: OpenRequest,
): Promise<OpenedTask> {
  const root = join(at, task.name);
  mkdirSync(root, { recursive: true });
  const { config, textOf } = layOut(task, root);
  const examiner = await examinerIn(root, config);
  const { judged } = examiner;
  const { tools, ...metered } = examiner.metered(secrets);
  const { mutants: _, ...looking } = tools;
  return {
    metered: { ...metered, tools: withPublicCases(looking) },
    origin: named(judged.originText),
    candidateOf: (text) =>
      named(
        task.form === 'forest' ? textOf(text) : judged.kind.fromFiles({ [task.entry.file]: text }),
      ),
    close: examiner.close,
  };
}

function named(text: string): Candidate {
  return { id: sha256(text), text };
}
