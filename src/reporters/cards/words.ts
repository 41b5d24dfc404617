/** The figures of score cards as people read them: none without its interval and its number. */

import type { ForecastScore } from '../../stats/forecast-score.ts';
import { countText, durationText, numberText } from '../report/number-text.ts';
import type { ExecutionCard, Share } from './cards.ts';

/** `12 % [8, 17] of 240`; without any, a dash. */
export function shareText({ value, interval, n }: Share): string {
  if (n === 0) return 'none yet';
  const [low, high] = interval.map(percent);
  return `${percent(value)} % [${low}, ${high}] of ${countText(n)}`;
}

/** `12.3 %`. */
export function percentText(value: number): string {
  return `${percent(value)} %`;
}

/** `0.83 [0.79, 0.87]`. */
export function figureText(figure: ForecastScore['area'], score: ForecastScore): string {
  if (figure === undefined) return tooFew(score);
  const [low, high] = figure.interval.map(numberText);
  return `${numberText(figure.value)} [${low}, ${high}]`;
}

/** Skill in percent of what always saying the base rate loses. */
export function skillText({ skill, ...score }: ForecastScore): string {
  if (skill === undefined) return tooFew(score);
  const [low, high] = skill.interval.map(percent);
  return `${percent(skill.value)} % [${low}, ${high}]`;
}

function tooFew({ baseRate: { n, value } }: ForecastScore): string {
  return n === 0
    ? 'none yet'
    : `too few (${countText(Math.round(n * value))} of ${countText(n)} better)`;
}

export function costText({ evals, cpuMs, tasteMs, tokens, usd }: ExecutionCard): string {
  return [
    `${countText(evals)} evaluations`,
    `${durationText(cpuMs)} CPU`,
    ...(tasteMs >= LEAST_SHOWN_MS ? [`${durationText(tasteMs)} of it choosing`] : []),
    ...(tokens > 0 ? [`${countText(tokens)} tokens`] : []),
    ...(usd > 0 ? [`${numberText(usd)} USD`] : []),
  ].join(', ');
}

/** Less reads as 0 s. */
const LEAST_SHOWN_MS = 50;

function percent(value: number): string {
  return numberText(Math.round(1000 * value) / 10);
}
