/** What `--help` says below the options, and docs/cli.md with it. */

export interface HelpText {
  /** What cannot be guessed from the options, one paragraph each. */
  readonly notes?: readonly string[];
  /** Command lines that work as they are. */
  readonly examples: readonly string[];
}

const WIDTH = 90;

export function helpText({ notes = [], examples }: HelpText): string {
  const paragraphs = notes.map((note) => `\n${wrapped(note)}\n`).join('');
  const lines = examples.map((line) => `  $ paceline ${line}`).join('\n');
  return `${paragraphs}\nExamples:\n${lines}`;
}

function wrapped(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
}
