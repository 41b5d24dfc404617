/** Two configurations on the terminal: study after study, what is known after each replicate. */
import { findingOfConfigs } from '../app/compare/configs-finding.ts';
import { abandonComparison } from '../app/compare/measure.ts';
import { type ConfigComparison, comparisonPath } from '../app/compare/record.ts';
import { runConfigs } from '../app/compare/run-configs.ts';
import type { StudyHandle } from '../app/engine.ts';
import { EXIT } from '../core/errors.ts';
import { type CompareOptions, saying } from './compare.ts';
import { untilSignalled } from './interrupt.ts';
import { printResult } from './output.ts';
import { stay } from './watch.ts';

/** Runs what is missing. Returns the exit code. */
export async function watchConfigs(
  root: string,
  options: CompareOptions,
  planned: ConfigComparison,
): Promise<number> {
  const { id, replicates, files } = planned;
  const say = saying(options);
  let running: StudyHandle | undefined;
  const said = new Set<string>();
  const abandon = (): void => {
    running?.abandon();
    abandonComparison(root, id);
  };
  say(`Comparison ${id}: ${replicates.length} replicates of ${files.join(' and ')}.\n`);
  return untilSignalled(
    async (signal) => {
      const comparison = await runConfigs(planned, {
        root,
        signal,
        stay: (begin) =>
          stay(root, { ...options, said, isReplicate: true }, async (engine) => {
            running = await begin(engine);
            if (signal.aborted) running.pause();
            return running;
          }),
        onReplicate: (index, words) =>
          say(`replicate ${index + 1} of ${replicates.length}: ${words}\n`),
      });
      return printEnding(root, options, comparison);
    },
    { abandon },
  );
}

function printEnding(root: string, options: CompareOptions, comparison: ConfigComparison): number {
  const { id, words, replicates } = comparison;
  const { finding } = findingOfConfigs(comparison);
  const rows = replicates.map(({ studies, result }) => ({
    studies,
    ...(result ? { effect: result.effect, atEvals: result.atEvals } : {}),
  }));
  const { schema, of, files, metric } = comparison;
  const status = finding ? 'finished' : 'interrupted';
  printResult(
    options,
    {
      schema,
      of,
      id,
      files,
      metric,
      status,
      verdict: finding?.verdict ?? 'not-testable',
      words,
      replicates: rows,
    },
    [
      words,
      finding
        ? `Record: ${comparisonPath(root, id)}`
        : `Interrupted; nothing is lost. Continue with: paceline resume ${id}`,
    ],
  );
  return finding ? EXIT.done : EXIT.interrupted;
}
