import type { Command } from 'commander';
import { incumbentOf } from '../../app/hand-written.ts';
import { type Proposed, propose } from '../../app/propose/propose.ts';
import { pickStudyIn } from '../../app/status.ts';
import { EXIT } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import { shortHash } from '../../reporters/report/number-text.ts';
import { predictionText } from '../../reporters/report/prediction-text.ts';
import { edit, editorOf } from '../edit.ts';
import { helpText } from '../help.ts';
import { printResult } from '../output.ts';
import { duration } from './steer/say.ts';

interface Options {
  readonly file?: readonly string[];
  readonly hypothesis?: string;
  readonly mechanism?: string;
  readonly predict?: string;
  readonly editor?: string;
  readonly wait: string;
  readonly json?: boolean;
}

export function addPropose(program: Command): void {
  program
    .command('propose')
    .description('Your own idea: edit the incumbent, say what you expect, and it is tried like any')
    .argument('[study]', 'study id (default: the newest that runs, else the newest)')
    .option('--file <path...>', 'files or folders you have edited; no editor is opened')
    .option('--hypothesis <text>', 'what you change')
    .option('--mechanism <text>', 'why it should help')
    .option('--predict <gain>', 'the gain you expect, positive is better: 0.4 or "0.4 [0.1, 0.7]"')
    .option('--editor <command>', 'default: $VISUAL, then $EDITOR')
    .option('--wait <duration>', 'how long to wait until the study has recorded it', '10s')
    .option('--json', 'print as JSON')
    .addHelpText('after', helpText(HELP))
    .action(proposeNow);
}

const HELP = {
  notes: [
    'A copy of the incumbent and a file for your idea are opened. It takes the place of a proposal, as steer candidate does: screened, confirmed and promoted by the same rule. What you predict is recorded before anything is measured, decides nothing, and stands in show and the report beside what was measured.',
    'Where you change nothing, or empty the idea, nothing is proposed and the exit code is 3. What is refused is kept, and the sentence says where. A study that nobody runs takes it up when it is resumed. JSON: paceline.propose/1.',
  ],
  examples: [
    'propose',
    'propose --editor "code --wait"',
    'propose --file src/estimate.ts --hypothesis "the mean has less noise" --predict 0.08',
  ],
};

async function proposeNow(study: string | undefined, options: Options): Promise<void> {
  const { file: paths = [], hypothesis, mechanism, predict: predicted } = options;
  const waitMs = duration('--wait', options.wait);
  const editor = paths.length > 0 ? [] : editorOf(options.editor);
  const root = process.cwd();
  const id = await pickStudyIn(root, study, 'running');
  const given = Object.entries({ hypothesis, mechanism, predicted });
  const idea = Object.fromEntries(given.filter(([, words]) => words !== undefined));
  const request = {
    root,
    id,
    paths,
    idea,
    waitMs,
    edit: (all: readonly string[]) => edit(editor, all),
  };
  const proposed = await propose(request);
  if (proposed === undefined) {
    process.exitCode = EXIT.nothingPromoted;
    const words = 'Nothing was changed, so nothing is proposed.';
    return printResult(options, { schema: 'paceline.propose/1', study: id, state: 'nothing' }, [
      words,
    ]);
  }
  const { metric } = await incumbentOf({ root, id });
  const { text, ...rest } = proposed;
  const candidate = sha256(text);
  printResult(options, { schema: 'paceline.propose/1', candidate, ...rest } as never, [
    wordsOf(proposed, { candidate, effect: predictionText(proposed.predicted, metric) }),
  ]);
}

function wordsOf(
  { study, state, phase, seq, takes }: Proposed,
  { candidate, effect }: { readonly candidate: string; readonly effect: string | undefined },
): string {
  const what = `Proposal ${shortHash(candidate)}${effect === undefined ? ', without a prediction,' : ` (predicted: ${effect}, positive is better)`}`;
  if (state === 'for-resume') {
    return `${what} waits for ${study}, which nobody runs now: it is taken up with paceline resume ${study}`;
  }
  if (state === 'waiting') {
    return `${what} waits for ${study}: it is taken up at the latest when the step under way ends (${phase}); see paceline status.`;
  }
  return `${what} is in ${study}, entry ${seq}: trial ${takes} tries it. See paceline show ${shortHash(candidate)}.`;
}
