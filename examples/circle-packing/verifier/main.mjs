/**
 * The independent verifier: another program than the evaluator, in exact arithmetic (packing.mjs).
 * It speaks the protocol of an evaluator command; anything wrong is one sentence and exit code 1.
 */
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isPacking, sumOfRadii } from './packing.mjs';

const { PACELINE_CANDIDATE: folder = '', PACELINE_INSTANCES: request = '' } = process.env;
const { nonce, params, cases } = JSON.parse(readFileSync(request, 'utf8'));
const circles = JSON.parse(readFileSync(join(folder, String(params.file)), 'utf8'));
const isTriple = (one) => Array.isArray(one) && one.length === 3;

if (!Array.isArray(circles) || circles.length !== params.n || !circles.every(isTriple)) {
  console.error(`circle-packing verifier: not a list of ${params.n} circles of three numbers.`);
  process.exitCode = 1;
} else if (!isPacking(circles.flat())) {
  console.error('circle-packing verifier: circles overlap, leave the square, or are no numbers.');
  process.exitCode = 1;
} else {
  const metrics = { radii: sumOfRadii(circles.flat()) };
  const lines = cases.map(({ index }) => `${JSON.stringify({ nonce, index, metrics })}\n`);
  writeSync(Number(process.env.PACELINE_RESULT_FD), lines.join(''));
}
