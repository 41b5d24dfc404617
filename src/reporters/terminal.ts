/**
 * Live progress: redrawn in place on a terminal, one line now and then into a pipe. What must stay
 * (the study, its noise floor, promotions) is printed once and never redrawn.
 */
import pc from 'picocolors';
import type { Clock } from '../core/clock.ts';
import type { StoredEvent } from '../core/events.ts';
import type { Progress, Reporter } from './contract.ts';
import {
  announcement,
  isolationLine,
  type WatchedMetric,
  watchedMetric,
} from './live/announcement.ts';
import { barredWatch } from './live/barred.ts';
import { eatenWatch } from './live/eaten.ts';
import { forecastWatch } from './live/forecast.ts';
import { plainLine, progressBlock } from './live/progress-text.ts';
import { oneLine } from './plain-text.ts';

export interface TerminalOptions {
  readonly write: (text: string) => void;
  /** True: redraw in place. False: plain lines, no colour, no cursor movement. */
  readonly isTty: boolean;
  /** Width of the terminal in cells. */
  readonly columns: number;
  readonly clock: Clock;
  /** How studies shown before this one are held: not said again. This one's is added. */
  readonly said?: Set<string>;
  /** For `NO_COLOR` (no-color.org) and `TERM`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Faster than this nobody reads, and drawing would cost the search its time. */
const REDRAW_MS = 100;
/** Some terminals say they have no columns at all. */
const UNKNOWN_COLUMNS = 80;
/** Between two plain lines: at least this, then a share of the time passed, at most that. */
const PLAIN_MS = 5_000;
const PLAIN_SHARE = 0.05;
const PLAIN_MOST_MS = 60_000;

export function terminalReporter(options: TerminalOptions): Reporter {
  const { env = process.env, said = new Set() } = options;
  const isLive = options.isTty && env['TERM'] !== 'dumb';
  const screen = isLive ? liveScreen(options, env) : plainScreen(options);
  let metric: WatchedMetric | undefined;
  let waiting: readonly string[] = [];
  let latest: Progress | undefined;
  const barred = barredWatch();

  const eaten = eatenWatch();
  const forecast = forecastWatch();
  const announce = (events: readonly StoredEvent[]): void => {
    for (const event of events) {
      if (event.type === 'study.opened') metric = watchedMetric(event.body);
      const held = isolationLine(event);
      const idle = barred(event);
      waiting = [
        ...waiting,
        ...announcement(event, metric),
        ...(held === undefined || said.has(held) ? [] : [held]),
        ...(idle === undefined ? [] : [oneLine(idle)]),
      ];
      if (held !== undefined) said.add(held);
    }
  };
  const release = (): void => {
    if (waiting.length > 0) screen.keep(waiting);
    waiting = [];
  };

  return {
    onEvents(events) {
      announce(events);
      // A promotion is told with the next progress: the loop has made it durable by then.
      if (events.some(({ type }) => type === 'study.opened' || type === 'study.resumed')) release();
    },
    onProgress(progress) {
      const { metric: name, unit, kind, others = [] } = progress;
      metric ??= { name, goal: 'max', unit, ...(kind ? { kind } : {}), others };
      latest = progress;
      waiting = [...waiting, ...forecast(progress), ...eaten(progress)];
      release();
      screen.show(progress);
    },
    onEnd() {
      release();
      screen.end(latest);
    },
  };
}

interface Screen {
  /** Prints lines that stay. */
  keep(lines: readonly string[]): void;
  /** Shows how far the study is, now or a little later. */
  show(progress: Progress): void;
  /** Leaves one last line behind. */
  end(latest: Progress | undefined): void;
}

/** Up over the block, to the line's start, everything below erased. */
function erase(height: number): string {
  return height === 0 ? '' : `\u001b[${height}A\r\u001b[J`;
}

type Env = Readonly<Record<string, string | undefined>>;

function liveScreen({ write, columns, clock }: TerminalOptions, env: Env): Screen {
  const colors = pc.createColors(!env['NO_COLOR']);
  let height = 0;
  let drawnAtMs = Number.NEGATIVE_INFINITY;
  // A line as wide as the terminal would wrap, and the block could not be found again.
  const width = (columns > 1 ? columns : UNKNOWN_COLUMNS) - 1;
  const draw = (kept: readonly string[], block: readonly string[]): void => {
    write(erase(height) + [...kept, ...block].map((line) => `${line}\n`).join(''));
    height = block.length;
  };
  return {
    keep(lines) {
      draw(
        lines.map((line) => colors.bold(line)),
        [],
      );
      drawnAtMs = Number.NEGATIVE_INFINITY;
    },
    show(progress) {
      const nowMs = clock.monotonicMs();
      if (nowMs - drawnAtMs < REDRAW_MS) return;
      drawnAtMs = nowMs;
      draw([], progressBlock(progress, { width, colors }));
    },
    end(latest) {
      // Nothing is drawn over it: it may wrap.
      draw(latest ? [plainLine(latest)] : [], []);
    },
  };
}

function plainScreen({ write, clock }: TerminalOptions): Screen {
  const seen = new Set<string>();
  const startMs = clock.monotonicMs();
  let writtenAtMs = Number.NEGATIVE_INFINITY;
  let written = '';
  const put = (line: string): void => {
    if (line !== written) write(`${line}\n`);
    written = line;
  };
  return {
    keep: (lines) => write(lines.map((line) => `${line}\n`).join('')),
    show(progress) {
      const nowMs = clock.monotonicMs();
      const wait = Math.min(PLAIN_MOST_MS, Math.max(PLAIN_MS, PLAIN_SHARE * (nowMs - startMs)));
      const isNew = !seen.has(progress.phase);
      seen.add(progress.phase);
      if (!isNew && nowMs - writtenAtMs < wait) return;
      writtenAtMs = nowMs;
      put(plainLine(progress));
    },
    end(latest) {
      if (latest) put(plainLine(latest));
    },
  };
}
