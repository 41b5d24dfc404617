import { type Command, Option } from 'commander';
import { copyExample, EXAMPLES } from '../../app/examples.ts';
import { helpText } from '../help.ts';
import { printResult } from '../output.ts';

interface Options {
  readonly example: string;
  readonly json?: boolean;
}

const WIDTH = Math.max(...Object.keys(EXAMPLES).map((name) => name.length));

const EXAMPLE_LINES = Object.entries(EXAMPLES)
  .map(([name, what]) => `  ${name.padEnd(WIDTH)} ${what}`)
  .join('\n');

export function addInit(program: Command): void {
  program
    .command('init')
    .description('Make a runnable folder: paceline.yaml, the origin, and what judges it')
    .argument('[directory]', 'folder to make (default: the name of the example)')
    .addOption(
      new Option('--example <name>', 'which one')
        .choices(Object.keys(EXAMPLES))
        .makeOptionMandatory(),
    )
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `\nWhat can be made:\n${EXAMPLE_LINES}\n${helpText({
        notes: ['Never writes over anything. JSON: paceline.init/1.'],
        examples: ['init --example bin-packing', 'init packing --example bin-packing'],
      })}`,
    )
    .action((directory: string | undefined, options: Options) => {
      const folder = copyExample(options.example, directory ?? options.example);
      printResult(options, { schema: 'paceline.init/1', folder }, [
        `Made ${folder}.`,
        `Next: cd ${folder} && paceline run`,
      ]);
    });
}
