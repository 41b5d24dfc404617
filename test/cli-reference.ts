/** docs/cli.md, from the program itself: the same text as `--help`, verb by verb. */
import type { Command } from 'commander';

const COLUMNS = 100;

export function cliReference(program: Command): string {
  const parts = verbsOf(program).map(({ title, command }) => section(title, helpOf(command)));
  const preface =
    'Written from the code by `UPDATE_DOCS=1 npm run test:unit -- test/published.test.ts`: what follows is what `--help` prints.';
  return ['# The command line', preface, section('paceline', helpOf(program)), ...parts].join(
    '\n\n',
  );
}

interface Verb {
  readonly title: string;
  readonly command: Command;
}

function verbsOf(above: Command, prefix = 'paceline'): readonly Verb[] {
  return above.commands.flatMap((command) => {
    const title = `${prefix} ${command.name()}`;
    return [{ title, command }, ...verbsOf(command, title)];
  });
}

function section(title: string, help: string): string {
  return `## \`${title}\`\n\n\`\`\`text\n${help.trimEnd()}\n\`\`\``;
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
    getOutHelpWidth: () => COLUMNS,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text;
}
