/** A replicate set on the terminal: pair after pair, what is known after each, the sentence at the end. */
import { integer } from '../app/overrides.ts';
import { runSet, type SetEnding } from '../app/replicates/run-set.ts';
import { type ReplicateSet, type SetPlan, setFolder } from '../app/replicates/set-file.ts';
import { EXIT, PacelineError } from '../core/errors.ts';
import { printResult } from './output.ts';
import { notify, stay, type WatchOptions } from './watch.ts';

const UNTIL_DECIDED = 'until-decided';

const MOST_PAIRS = '20';

/** @throws PacelineError `USAGE` for anything but a number or `until-decided`. */
export function setPlanOf(replicates: string, max: string | undefined): SetPlan {
  if (replicates === UNTIL_DECIDED)
    return { design: UNTIL_DECIDED, pairs: integer('--max', max ?? MOST_PAIRS) };
  if (max === undefined) return { design: 'fixed', pairs: integer('--replicates', replicates) };
  throw new PacelineError(
    'USAGE',
    '--max bounds --replicates until-decided; a number of replicates is its own bound. Leave one out.',
    { replicates, max },
  );
}

/** Runs what is missing. Returns the exit code. */
export async function watchSet(
  root: string,
  options: WatchOptions,
  set: ReplicateSet,
): Promise<number> {
  refuseStudyOptions(options);
  const of = set.design === 'fixed' ? 'of' : 'of at most';
  const say = (line: string): void => {
    if (!options.quiet) process.stderr.write(`${line}\n`);
  };
  say(
    `Replicate set ${set.id}: ${set.pairs.length} paired studies${of === 'of' ? '' : ' at most'}.`,
  );
  const asked = askedBetweenStudies();
  const said = new Set<string>();
  const ending = await runSet(set, {
    root,
    isAsked: asked.isAsked,
    stay: (begin) =>
      stay(root, { ...options, said, isReplicate: true }, async (engine) => {
        const study = await begin(engine);
        if (asked.isAsked()) study.pause();
        return study;
      }),
    onPair: ({ index, found }) =>
      say(`pair ${index + 1} ${of} ${set.pairs.length}: ${found.words}`),
  });
  asked.release();
  printEnding(root, options, ending);
  if (options.notify) notify(options.notify, ending.found.words);
  return ending.isInterrupted ? EXIT.interrupted : EXIT.done;
}

function printEnding(root: string, options: WatchOptions, ending: SetEnding): void {
  const { set, found, isInterrupted } = ending;
  const { finding, finished, words } = found;
  const next = isInterrupted
    ? [`Interrupted; nothing is lost. Continue with: paceline resume ${set.id}`]
    : [`Report: ${setFolder(root, set.id)}/report.md`];
  printResult(
    options,
    {
      schema: 'paceline.replicates/1',
      set: set.id,
      status: isInterrupted ? 'interrupted' : 'finished',
      finished,
      verdict: finding?.verdict ?? 'not-testable',
      ...(finding ? { difference: finding.difference } : {}),
      words,
      pairs: set.pairs.map(({ seed, study, effect }) => ({
        seed,
        study,
        ...(effect === undefined ? {} : { effect }),
      })),
    },
    [words, ...next],
  );
}

/** While no study runs nobody else listens; a running one has handlers of its own, which act first. */
function askedBetweenStudies(): { readonly isAsked: () => boolean; readonly release: () => void } {
  let isAsked = false;
  const listen = (): void => {
    isAsked = true;
  };
  for (const name of SIGNALS) process.on(name, listen);
  return {
    isAsked: () => isAsked,
    release: () => {
      for (const name of SIGNALS) process.removeListener(name, listen);
    },
  };
}

const SIGNALS = ['SIGINT', 'SIGHUP', 'SIGTERM'] as const;

/** What is about one study's promotions or page has no meaning for a set. */
function refuseStudyOptions({ open, failIfNone }: WatchOptions): void {
  const flag = open ? '--open' : failIfNone ? '--fail-if-none' : undefined;
  if (flag === undefined) return;
  throw new PacelineError(
    'USAGE',
    `${flag} is about one study; leave it out with a replicate set.`,
    {
      flag,
    },
  );
}
