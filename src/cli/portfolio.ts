/** A portfolio on the terminal: turn after turn, and the table at the end. */
import { createPortfolio, type Portfolio } from '../app/portfolio/files.ts';
import type { PortfolioState } from '../app/portfolio/fold.ts';
import {
  type LoadedPortfolio,
  loadPortfolio,
  PORTFOLIO_FILE,
  type PortfolioOverrides,
} from '../app/portfolio/load.ts';
import type { Move } from '../app/portfolio/moves.ts';
import { writePortfolioReport } from '../app/portfolio/report.ts';
import { type PortfolioEnding, runPortfolio } from '../app/portfolio/run.ts';
import { statusOf } from '../app/portfolio/status.ts';
import { reasonText, shownGain, spentText } from '../app/portfolio/words.ts';
import { systemClock } from '../app/system-clock.ts';
import { EXIT, exitCodeOfError, PacelineError } from '../core/errors.ts';
import { stripControl } from '../reporters/plain-text.ts';
import { countedText, countText, durationText } from '../reporters/report/number-text.ts';
import { printResult } from './output.ts';
import { printPortfolioPreview } from './portfolio-preview.ts';
import { statusJson, statusLines } from './portfolio-text.ts';
import { notify, stay, type WatchOptions } from './watch.ts';

/** Runs what is left of it. Returns the exit code. */
export async function watchPortfolio(
  root: string,
  options: WatchOptions,
  plan: Portfolio,
): Promise<number> {
  const say = (line: string): void => {
    if (!options.quiet) process.stderr.write(`${stripControl(line)}\n`);
  };
  const asked = personsWish();
  say(`Portfolio ${plan.id}: ${plan.studies.length} studies.`);
  // Into a pipe a study says nothing by itself: its turns do.
  const quiet = options.quiet === true || process.stderr.isTTY !== true;
  try {
    const ending = await runPortfolio(plan, {
      root,
      clock: systemClock,
      wish: asked.wish,
      stay: (folder, begin) =>
        stay(folder, { ...options, quiet }, async (engine) => {
          const study = await begin(engine);
          if (asked.wish() === 'pause') study.pause();
          return study;
        }),
      onMove: (move, state) => lineOf(plan, state, move).forEach(say),
    });
    const isWhole = ending.status !== 'interrupted';
    const { path } = await writePortfolioReport(root, plan.id, { whole: isWhole });
    return printEnding(plan, options, { ...ending, path });
  } finally {
    asked.release();
  }
}

function lineOf(plan: Portfolio, state: PortfolioState, move: Move): readonly string[] {
  const name = 'study' in move ? plan.studies.find(({ id }) => id === move.study)?.name : '';
  switch (move.move) {
    case 'granted':
      return [`turn ${countText(state.turns + 1)}: ${name} (${reasonText(move.why)})`];
    case 'read': {
      const { activeMs, evals, promotions, gain, yardstick } = move.reading;
      const found = `${countedText(promotions, 'promotion')}, gain shown ${shownGain(gain, yardstick)}`;
      const counts = `${countText(evals)} evaluations, ${found}`;
      const { spent } = statusOf(plan, state, undefined);
      return [
        `  ${name}: ${durationText(activeMs)}, ${counts}; all: ${spentText({ plan, spent })}`,
      ];
    }
    case 'set-aside':
      return [`  ${name} is set aside: ${move.why}`];
    case 'closing':
      return ['Final comparisons.'];
    default:
      return [];
  }
}

function printEnding(
  plan: Portfolio,
  options: WatchOptions,
  ending: PortfolioEnding & { readonly path: string },
): number {
  const { status: why, state, because } = ending;
  const status = statusOf(plan, state, undefined);
  const code = exitCodeOf(ending);
  const next =
    why === 'interrupted' || why === 'incomplete'
      ? [
          `${because.length > 0 ? 'Mend what is named above' : 'Nothing is lost'}. Continue with: paceline resume ${plan.id}`,
        ]
      : [];
  printResult(
    options,
    { schema: 'paceline.portfolio/1', status: why, exitCode: code, ...statusJson(status) },
    [...statusLines(status), ...next, `Report: ${ending.path}`],
  );
  if (options.notify) notify(options.notify, `${plan.id}: ${why}, ${spentText(status)}`);
  return code;
}

/** That of the first study that could not go on. */
function exitCodeOf({ status, because }: PortfolioEnding): number {
  if (status === 'interrupted') return EXIT.interrupted;
  if (status !== 'incomplete') return EXIT.done;
  const [first] = because.flatMap(({ trouble }) => trouble ?? []);
  return first ? exitCodeOfError(first.code) : EXIT.internal;
}

interface PersonsWish {
  readonly wish: () => 'pause' | 'stop' | undefined;
  readonly release: () => void;
}

const WISHES = { SIGINT: 'pause', SIGHUP: 'pause', SIGTERM: 'stop' } as const;

/**
 * What was asked for stays asked for over all turns. A study at work has handlers of its own, which act
 * first; where none is, a second signal does not wait.
 */
function personsWish(): PersonsWish {
  let wish: 'pause' | 'stop' | undefined;
  const names = Object.keys(WISHES) as (keyof typeof WISHES)[];
  const listen = (name: keyof typeof WISHES): void => {
    if (wish !== undefined && process.listenerCount(name) === 1) process.exit(EXIT.interrupted);
    wish = wish === undefined ? WISHES[name] : 'pause';
  };
  for (const name of names) process.on(name, listen);
  return {
    wish: () => wish,
    release: () => {
      for (const name of names) process.removeListener(name, listen);
    },
  };
}

export interface PortfolioOptions extends WatchOptions, PortfolioOverrides {
  readonly portfolio: string | true;
  readonly dryRun?: boolean;
}

/** From `run --portfolio`. @throws PacelineError `USAGE` for what is about one study. */
export async function runPortfolioFile(options: PortfolioOptions): Promise<number> {
  refuseForPortfolio({ ...options });
  const loaded: LoadedPortfolio = loadPortfolio(
    options.portfolio === true ? PORTFOLIO_FILE : options.portfolio,
    options,
  );
  if (options.dryRun) return printPortfolioPreview(loaded, options);
  return watchPortfolio(loaded.root, options, createPortfolio(loaded));
}

/** Options of `run` and `resume` that mean something for one study only. */
export function refuseForPortfolio(given: Readonly<Record<string, unknown>>): void {
  const flag = Object.keys(ABOUT_ONE_STUDY).find((key) => given[key] !== undefined);
  if (flag === undefined) return;
  const name = ABOUT_ONE_STUDY[flag];
  throw new PacelineError(
    'USAGE',
    `${name} is about one study; leave it out with a portfolio, or set it in the configs it names.`,
    { flag: name ?? flag },
  );
}

const ABOUT_ONE_STUDY: Readonly<Record<string, string>> = {
  config: '--config',
  seed: '--seed',
  trials: '--trials',
  replicates: '--replicates',
  max: '--max',
  open: '--open',
  failIfNone: '--fail-if-none',
};
