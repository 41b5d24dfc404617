/**
 * The independent verifier: another program than the evaluator, in exact arithmetic (areas.mjs). It
 * speaks the protocol of an evaluator command; anything wrong is one sentence and exit code 1.
 */
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isInside, smallestShare } from './areas.mjs';

const { PACELINE_CANDIDATE: folder = '', PACELINE_INSTANCES: request = '' } = process.env;
const { nonce, params, cases } = JSON.parse(readFileSync(request, 'utf8'));
const { points } = JSON.parse(readFileSync(join(folder, 'origin/points.json'), 'utf8')) ?? {};
const isPair = (one) => Array.isArray(one) && one.length === 2;

if (!Array.isArray(points) || points.length !== params.n || !points.every(isPair)) {
  console.error(`heilbronn verifier: not a list of ${params.n} points of two numbers.`);
  process.exitCode = 1;
} else if (!isInside(points.flat())) {
  console.error('heilbronn verifier: a point is outside of the triangle, or no number.');
  process.exitCode = 1;
} else {
  const metrics = { area: smallestShare(points.flat()) };
  const lines = cases.map(({ index }) => `${JSON.stringify({ nonce, index, metrics })}\n`);
  writeSync(Number(process.env.PACELINE_RESULT_FD), lines.join(''));
}
