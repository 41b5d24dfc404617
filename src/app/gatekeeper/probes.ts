/** What checks look with besides the evaluator: a jail with canaries, and a clock of our own for run times. */
import { join } from 'node:path';
import type { Candidate } from '../../core/candidate.ts';
import type { Stopwatch } from '../../evaluators/contract.ts';
import { stopwatch } from '../../evaluators/stopwatch.ts';
import type { Declaration } from '../../gates/contract.ts';
import type { JailProbe } from '../../sandboxes/contract.ts';
import { jailProbe } from '../../sandboxes/decoys/probe.ts';
import type { TaskKind } from '../../tasks/contract.ts';
import { type JudgeRequest, judgeIn, limitsOf } from '../build-judge.ts';
import { orClose } from '../or-close.ts';
import { workFolder } from '../study-files.ts';
import { systemClock } from '../system-clock.ts';

/** Its own process, and the cold one that has to answer the same: what a look needs, and none that it would throw away. */
const OF_A_LOOK = 2;

export interface Probes {
  readonly jail?: JailProbe;
  readonly stopwatch?: Stopwatch;
  /** CPU time of measurements while they were opened, ms. */
  readonly openedCpuMs: number;
  close(): Promise<void>;
}

/** Whatever the task makes of them: an origin gets a score on any. */
const CASES = [1, 2];

/** Only those that a check of this task asks. */
export async function openProbes(
  request: JudgeRequest,
  { kind, origin }: { readonly kind: TaskKind; readonly origin: Candidate },
  { form, isJailed, isTimed }: Declaration,
): Promise<Probes> {
  const folder = workFolder(request.root, request.id);
  const { config } = request;
  const startsProcesses = (limitsOf(config, config.evaluator, 0).processes ?? 1) > 1;
  const jail =
    isJailed && form === 'source'
      ? await jailProbe({
          folder: join(folder, 'canaries'),
          open: () => request.jail.open(join(folder, 'looks')),
          ...(startsProcesses ? { startsProcesses: { candidate: origin, cases: CASES } } : {}),
          evaluatorIn: (sandbox) => judgeIn(request, { kind, sandbox, mostAhead: OF_A_LOOK }),
        })
      : undefined;
  const watched = isTimed ? request.jail.open(join(folder, 'times')) : undefined;
  const evaluator =
    watched &&
    (await orClose({ close: () => jail?.close() }, () =>
      judgeIn(request, { kind, sandbox: watched }),
    ));
  return {
    openedCpuMs: jail?.openedCpuMs ?? 0,
    ...(jail ? { jail } : {}),
    ...(evaluator ? { stopwatch: stopwatch({ evaluator, clock: systemClock }) } : {}),
    async close() {
      await jail?.close();
      await evaluator?.close();
      await watched?.close();
    },
  };
}
