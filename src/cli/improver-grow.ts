/** Growing a lineage on the terminal: each attempt as it is decided, and what came of it. */

import type { Grown } from '../app/improvers/grow.ts';
import { type GrownHere, growHere } from '../app/improvers/grow-here.ts';
import { integer } from '../app/overrides.ts';
import { systemClock } from '../app/system-clock.ts';
import { EXIT, PacelineError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import { countText, shortHash } from '../reporters/report/number-text.ts';
import { saying } from './compare.ts';
import { untilSignalled } from './interrupt.ts';
import { printResult } from './output.ts';

export interface GrowOptions {
  readonly from: string;
  readonly tasks: string;
  readonly seed: string;
  readonly generations: string;
  readonly candidates: string;
  readonly seeds: string;
  readonly mix?: string;
  readonly controls?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Of the expert's start, so that what is rarely used stays within reach (recursion2.md §3.4). */
const EXPERT_SHARE = '0.25';

export async function growOnTerminal(root: string, options: GrowOptions): Promise<number> {
  const say = saying(options);
  return untilSignalled(
    async (signal) => {
      const grown = await growHere({
        root,
        from: options.from,
        tasks: options.tasks,
        seed: integer('--seed', options.seed),
        generations: positive('--generations', options.generations),
        budget: { unit: 'candidates', amount: positive('--candidates', options.candidates) },
        seeds: positive('--seeds', options.seeds),
        share: shareOf(options),
        controls: options.controls ?? false,
        cpuMs: systemClock.cpuMs,
        signal,
        say: (one) => say(`${attemptLine(one)}\n`),
      });
      const json = { schema: 'paceline.improver-grow/1', ...grown } as unknown as Json;
      printResult(options, json, linesOf(grown));
      return grown.last ? EXIT.done : EXIT.nothingPromoted;
    },
    {
      said: 'paceline: interrupted; generations that were decided are kept. Grow on with --from, see paceline improver list.\n',
    },
  );
}

export function positive(flag: string, text: string): number {
  const value = integer(flag, text);
  if (value >= 1) return value;
  throw new PacelineError('USAGE', `${flag} takes 1 or more.`, { flag });
}

function shareOf({ mix, from }: GrowOptions): number {
  const text = mix ?? (from === 'expert' ? EXPERT_SHARE : '0');
  const share = Number(text);
  if (share >= 0 && share < 1 && text.trim() !== '') return share;
  throw new PacelineError('USAGE', `--mix takes a share from 0 to below 1, not "${text}".`, {
    mix: text,
  });
}

export function attemptLine({ id, improver, record }: Grown): string {
  const { verdict, why, claim, mechanism, validation } = record;
  const steps = validation.map((one) => countText(Math.round(one)));
  const parts = [
    `Generation ${improver.generation} (${shortHash(id)}, ${improver.library.length} abstractions) ${verdict}: ${why}`,
    `  validation: ${steps[0]} candidates to solve, now ${steps[1]}`,
    ...(claim ? [`  claim: ${claim.words}`] : []),
    ...(record.net
      ? [`  net, ${seconds(record.net.cpuMs)} CPU-s of training and trial: ${record.net.words}`]
      : []),
    ...(mechanism && improver.mechanism
      ? [
          `  mechanism: without ${improver.mechanism.without.join(', ')} predicted ${times(improver.mechanism.size)} as many candidates, measured ${times(mechanism.measured)} (${mechanism.isSignRight ? 'as predicted' : 'not as predicted'})`,
        ]
      : []),
    ...(record.audit ? [`  audit on other tasks: ${record.audit.words}`] : []),
  ];
  return parts.join('\n');
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
const times = (logarithm: number): string => `${Math.exp(logarithm).toFixed(2)} times`;

function linesOf({ tried, last, controls }: GrownHere): readonly string[] {
  const rejected = tried.filter(({ record }) => record.verdict !== 'promoted').length;
  const kept =
    rejected === 0 ? '' : ` ${rejected} attempts were not promoted and are kept beside them.`;
  if (last === undefined) return [`No generation was shown to be better than the start.${kept}`];
  return [
    `Generation ${last.improver.generation} (${shortHash(last.id)}) stands.${kept}`,
    ...(controls.length > 0
      ? [`Kept beside it for comparisons: ${controls.length} control lines.`]
      : []),
    `paceline improver show ${shortHash(last.id)} shows what it knows; paceline compare --improvers bare ${shortHash(last.id)} how much that is worth.`,
  ];
}
