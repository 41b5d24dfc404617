import type { Command } from 'commander';
import { isComparison, readComparison } from '../../app/compare/record.ts';
import { CONFIG_FILE } from '../../app/config.ts';
import { editedKeys } from '../../app/edited-config.ts';
import { portfolioMeant, readPortfolio } from '../../app/portfolio/files.ts';
import { isSet, readSet } from '../../app/replicates/set-file.ts';
import { pickStudyIn } from '../../app/status.ts';
import { watchConfigs } from '../compare-configs.ts';
import { helpText } from '../help.ts';
import { refuseForPortfolio, watchPortfolio } from '../portfolio.ts';
import { watchSet } from '../replicates.ts';
import { withSpendingOptions } from '../spending.ts';
import { tellingFailure, type WatchOptions, watch, withWatchOptions } from '../watch.ts';

/** Edits named; of more it is said that there are more. */
const EDITS_SHOWN = 5;

export function addResume(program: Command): void {
  withSpendingOptions(
    withWatchOptions(
      program
        .command('resume')
        .description('Continue an interrupted study from its last durable entry')
        .argument(
          '[study]',
          'study, replicate set, comparison or portfolio (default: an unfinished portfolio here, else the newest interrupted study)',
        ),
    ),
  )
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Refused when rule, config, task, evaluator or origin are not those the study was opened with; of the config files here it reads storage.cap anew. JSON: paceline.run/1; of a replicate set paceline.replicates/1; of a portfolio paceline.portfolio/1.',
        ],
        examples: ['resume', 'resume bin-packing-7f3a01'],
      }),
    )
    .action(async (study: string | undefined, options: WatchOptions) => {
      process.exitCode = await tellingFailure(options, () => resumeAsAsked(study, options));
    });
}

async function resumeAsAsked(study: string | undefined, options: WatchOptions): Promise<number> {
  const root = process.cwd();
  const portfolio = portfolioMeant(root, study);
  if (portfolio !== undefined) {
    refuseForPortfolio({ ...options });
    return watchPortfolio(root, options, readPortfolio(root, portfolio));
  }
  if (study !== undefined && isSet(root, study)) {
    return watchSet(root, options, readSet(root, study));
  }
  const comparison =
    study !== undefined && isComparison(root, study) ? readComparison(root, study) : undefined;
  if (comparison?.of === 'configs') return watchConfigs(root, options, comparison);
  const id = await pickStudyIn(root, study, 'interrupted');
  return watch(root, options, async (engine) => {
    const resumed = await engine.resume(id);
    if (!options.quiet) {
      process.stderr.write(`Going on with ${id}.\n`);
      sayEdits(editedKeys(root, id), id);
    }
    return resumed;
  });
}

/** What people changed in the file meanwhile does not reach a study that has begun. */
function sayEdits(keys: readonly string[], id: string): void {
  if (keys.length === 0) return;
  const more = keys.length > EDITS_SHOWN ? ', and more' : '';
  const named = `${keys.slice(0, EDITS_SHOWN).join(', ')}${more}`;
  process.stderr.write(
    `${CONFIG_FILE} was edited, but ${id} goes on as it was started (different there: ${named}). For another budget: paceline steer budget; for all else a new study: paceline run.\n`,
  );
}
