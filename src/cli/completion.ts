/** Shell completion: verbs, options and their values, and the studies and portfolios of the folder one is in. */
import type { RootCommand } from '@bomb.sh/tab';
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { listPortfolios } from '../app/portfolio/files.ts';
import { listStudies } from '../app/study-files.ts';

export function addCompletion(program: Command): void {
  const completion = tab(program);
  offerStudies(completion, program.commands);
}

/** Wherever a study can be named. Nothing is offered where the folder cannot be read. */
function offerStudies(completion: RootCommand, commands: readonly Command[]): void {
  const offer = (add: (value: string, description: string) => void): void => {
    const root = process.cwd();
    for (const id of [...listPortfolios(root), ...listStudies(root)].toReversed()) add(id, '');
  };
  for (const { name, registeredArguments, options } of commands.map(partsOf)) {
    const entry = completion.commands.get(name);
    if (registeredArguments.some((one) => one.name() === 'study')) entry?.argument('study', offer);
    if (options.some(({ long }) => long === '--study')) entry?.option('study', 'study id', offer);
  }
}

function partsOf(command: Command) {
  return {
    name: command.name(),
    registeredArguments: command.registeredArguments,
    options: command.options,
  };
}
