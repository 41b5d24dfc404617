/** Says one thing to a study and prints what became of it: the end of every `steer` command. */
import { parseDurationMs } from '../../../app/duration.ts';
import { pickStudyIn } from '../../../app/status.ts';
import { type Steered, steerStudy } from '../../../app/steer-study.ts';
import { PacelineError } from '../../../core/errors.ts';
import type { Steering } from '../../../core/steering.ts';
import { steeringWords } from '../../../reporters/report/steering-words.ts';
import { printResult } from '../../output.ts';

export interface Common {
  readonly study?: string;
  readonly wait: string;
  readonly json?: boolean;
}

/** Where the steering belongs. */
export interface Place {
  readonly root: string;
  readonly id: string;
}

export function duration(flag: string, text: string): number {
  const ms = parseDurationMs(text);
  if (ms !== undefined) return Math.round(ms);
  throw new PacelineError('USAGE', `${flag} takes a duration such as 90s or 20m, not "${text}".`, {
    flag,
    text,
  });
}

export async function say(
  options: Common,
  what: (place: Place) => Promise<Steering>,
): Promise<void> {
  const waitMs = duration('--wait', options.wait);
  const root = process.cwd();
  const id = await pickStudyIn(root, options.study, 'running');
  const said = await what({ root, id });
  const done = await steerStudy({ root, id, said, waitMs });
  printResult(options, { schema: 'paceline.steer/1', said, ...done } as never, [
    wordsOf(done, said),
  ]);
}

function wordsOf({ study, state, phase, seq, declines, takes }: Steered, said: Steering): string {
  const what = steeringWords(said);
  if (state === 'for-resume') {
    return `Left for ${study}: ${what}. Nobody runs it now; it is taken up with: paceline resume ${study}`;
  }
  if (state === 'waiting') {
    return `Left for ${study}: ${what}. It is taken up at the latest when the step under way ends (${phase}); see paceline status.`;
  }
  const ended = declines === undefined ? '' : ` Trial ${declines} ends as declined.`;
  const tried = takes === undefined ? '' : ` Trial ${takes} tries it; see paceline status.`;
  return `${study} took it up in entry ${seq}: ${what}.${ended}${tried}`;
}
