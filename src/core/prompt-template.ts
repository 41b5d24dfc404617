/**
 * Templates of what a model is asked, as an improver may carry them: which parts there are, and what they may name.
 * The sentences that hold an answer to its form, and say that data is no instruction, are no part of any template.
 */

/** `task` and `idea` open the prompt; the others say how the parent is to be changed. */
export const PROMPT_NAMES = ['task', 'idea', 'edit', 'diff', 'rewrite', 'crossover'] as const;
export type PromptName = (typeof PROMPT_NAMES)[number];
export type Prompts = Readonly<Partial<Record<PromptName, string>>>;

/** Written `{{task}}`: its name in quotes, its metric and that metric's unit, and whether `lower` or `higher` is better. */
export const PLACEHOLDERS = ['task', 'metric', 'unit', 'better'] as const;
type Placeholder = (typeof PLACEHOLDERS)[number];

const LONGEST_TEMPLATE = 4000;
const PLACE = /\{\{([^{}]*)\}\}/g;

const isOne = <T extends string>(all: readonly T[], word: string): word is T =>
  (all as readonly string[]).includes(word);

/** What is wrong with a template, as the end of a sentence; undefined where nothing is. */
export function templateFault(name: string, text: string): string | undefined {
  if (!isOne(PROMPT_NAMES, name))
    return `there is no prompt of that name (there are ${PROMPT_NAMES.join(', ')})`;
  if (text.trim() === '' || text.length > LONGEST_TEMPLATE)
    return `it must have 1 to ${LONGEST_TEMPLATE} characters`;
  if (/[^\P{C}\n\t]/u.test(text)) return 'it holds control characters';
  if (/<\/?data\b/i.test(text)) return 'it holds a mark of data, which only the prompt itself sets';
  const unknown = [...text.matchAll(PLACE)].find(([, word = '']) => !isOne(PLACEHOLDERS, word));
  if (unknown !== undefined)
    return `${unknown[0]} is no placeholder (there are ${PLACEHOLDERS.map((one) => `{{${one}}}`).join(', ')})`;
  return /\{\{|\}\}/.test(text.replace(PLACE, '')) ? 'braces stand open in it' : undefined;
}

/** Once over the text: what is put in is not read again. */
export function filledTemplate(
  text: string,
  values: Readonly<Record<Placeholder, string>>,
): string {
  return text.replace(PLACE, (whole, word: string) =>
    isOne(PLACEHOLDERS, word) ? values[word] : whole,
  );
}
