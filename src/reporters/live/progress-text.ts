/** A reading of progress as a block for a terminal and as one line for a pipe. */
import type { createColors } from 'picocolors';
import type { Progress } from '../contract.ts';
import { oneLine } from '../plain-text.ts';
import {
  countedText,
  countText,
  durationText,
  gainText,
  numberText,
  withUnit,
} from '../report/number-text.ts';
import { fitted } from './cells.ts';

export interface BlockStyle {
  /** Cells a line may take. */
  readonly width: number;
  readonly colors: ReturnType<typeof createColors>;
}

const BAR_CELLS = 24;
const SEPARATOR = ' · ';

/** Four lines: how far, how many, how good, against what. */
export function progressBlock(
  progress: Progress,
  { width, colors }: BlockStyle,
): readonly string[] {
  const full = Math.round(BAR_CELLS * progress.budgetShare);
  const bar = '━'.repeat(full) + '─'.repeat(BAR_CELLS - full);
  const [head, ...rest] = [
    `${bar} ${phaseText(progress)}${SEPARATOR}${timeText(progress)}`,
    `trials    ${triesText(progress)}`,
    `incumbent ${levelText(progress)}`,
    `control   ${controlText(progress)}`,
  ].map((line) => fitted(line, width));
  return [colors.cyan(head ?? ''), ...rest.map((line) => faintLabel(line, colors))];
}

const LABEL_CELLS = 'incumbent '.length;

function faintLabel(line: string, colors: BlockStyle['colors']): string {
  return colors.dim(line.slice(0, LABEL_CELLS)) + line.slice(LABEL_CELLS);
}

/** One line of a log: what changes, and nothing that was said before. */
export function plainLine(progress: Progress): string {
  const { trials, evals, confirms, promotions, waiting } = progress;
  const counts = [
    countedText(trials, 'trial'),
    `${countText(evals)} evals`,
    countedText(confirms, 'confirm'),
    `${countText(promotions)} promoted`,
    ...waitingText(waiting),
  ].join(', ');
  return [`${shortTimeText(progress)} ${phaseText(progress)}`, counts, levelsText(progress)].join(
    SEPARATOR,
  );
}

/** `comparing with origin, pair 7 of 32`: what takes long is seen to move. */
function phaseText({ phase, pair }: Progress): string {
  if (pair === undefined) return oneLine(phase);
  const rival = pair.rival === undefined ? '' : ` with ${pair.rival}`;
  return oneLine(`${phase}${rival}, pair ${countText(pair.at)} of ${countText(pair.of)}`);
}

function shortTimeText(progress: Progress): string {
  const { activeMs, budgetShare } = progress;
  const left = leftText(progress);
  const share = `${Math.floor(100 * budgetShare)} % ${durationText(activeMs)}`;
  return left === undefined ? share : `${share} (${left} left)`;
}

/** `excess 0.653 [0.62, 0.68] (origin 4.15, control 3.5)` */
function levelsText(progress: Progress): string {
  const { metric, incumbent, origin, control } = progress;
  if (incumbent === undefined) return `${oneLine(metric)} not measured yet`;
  const beside = [
    ...(origin === undefined ? [] : [`origin ${numberText(origin)}`]),
    ...(control === undefined ? [] : [`control ${numberText(control)}`]),
  ];
  const others = beside.length > 0 ? ` (${beside.join(', ')})` : '';
  return `${oneLine(metric)} ${numberText(incumbent)}${intervalOf(progress)}${others}`;
}

function intervalOf({ incumbentInterval }: Progress): string {
  return incumbentInterval ? ` [${incumbentInterval.map(numberText).join(', ')}]` : '';
}

function timeText(progress: Progress): string {
  const { activeMs, budgetShare } = progress;
  const left = leftText(progress);
  const share = `${Math.floor(100 * budgetShare)} % of budget, ${durationText(activeMs)}`;
  return left === undefined ? share : `${share}, about ${left} left`;
}

/** Before a hundredth is spent the first extrapolation would be mostly start-up. */
function leftText({ activeMs, budgetShare }: Progress): string | undefined {
  if (budgetShare < 0.01 || budgetShare >= 1) return undefined;
  return durationText((activeMs * (1 - budgetShare)) / budgetShare);
}

function triesText(progress: Progress): string {
  const { trials, inFlight, evals, confirms, promotions, stopped, waiting } = progress;
  return [
    `${countText(trials)}, ${countText(inFlight)} in flight`,
    ...(stopped === undefined ? [] : [`${countText(stopped)} stopped early`]),
    countedText(evals, 'evaluation'),
    countedText(confirms, 'confirm'),
    `${countText(promotions)} promoted`,
    ...waitingText(waiting),
  ].join(SEPARATOR);
}

function waitingText(waiting = 0): readonly string[] {
  return waiting === 0 ? [] : [`${countText(waiting)} waiting for a person`];
}

/** The level's interval is of a few evaluations on fresh seeds; what counts is the paired gain's. */
function levelText(progress: Progress): string {
  const { incumbent, lastGain, unit, kind } = progress;
  if (incumbent === undefined) return 'not measured yet';
  const one = oneLine(unit);
  const gain = lastGain ? `${SEPARATOR}last gain ${gainText(lastGain, { unit: one, kind })}` : '';
  return `${withUnit(numberText(incumbent), one)}${intervalOf(progress)}${gain}`;
}

function controlText({ control, controlEvals, evals, origin, unit }: Progress): string {
  const start = origin === undefined ? '' : `${SEPARATOR}origin ${numberText(origin)}`;
  if (control === undefined) return `none yet${start}`;
  const spent = `after ${countText(controlEvals)} of ${countedText(evals, 'evaluation')}`;
  return `${withUnit(numberText(control), oneLine(unit))} ${spent}${start}`;
}
