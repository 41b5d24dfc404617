/** Says one thing to a study and prints what became of it: the end of every `steer` command. */
import { parseDurationMs } from '../../../app/duration.ts';
import { pickStudyIn } from '../../../app/status.ts';
import { type Steered, steerStudy } from '../../../app/steer-study.ts';
import { PacelineError } from '../../../core/errors.ts';
import { type Steering, steering } from '../../../core/steering.ts';
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
  const said = steering.safeParse(await what({ root, id }));
  if (!said.success) {
    const [issue] = said.error.issues;
    throw new PacelineError('USAGE', `That cannot be said: ${issue?.message ?? 'it is too long'}.`);
  }
  const done = await steerStudy({ root, id, said: said.data, waitMs });
  printResult(options, { schema: 'paceline.steer/1', said: said.data, ...done } as never, [
    wordsOf(done, said.data),
  ]);
}

function wordsOf({ study, state, seq, declines, takes }: Steered, said: Steering): string {
  const what = steeringWords(said);
  if (state === 'for-resume') {
    return `Left for ${study}: ${what}. Nobody runs it now; it is taken up with: paceline resume ${study}`;
  }
  if (state === 'waiting') {
    return `Left for ${study}: ${what}. It is taken up when the step under way ends; see paceline status.`;
  }
  const ended = declines === undefined ? '' : ` Trial ${declines} ends as declined.`;
  const tried = takes === undefined ? '' : ` Trial ${takes} tries it; see paceline status.`;
  return `${study} took it up in entry ${seq}: ${what}.${ended}${tried}`;
}
