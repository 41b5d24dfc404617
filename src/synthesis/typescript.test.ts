/** A printed program gives what its term gives, wherever the term is defined. */
import { transformSync } from 'oxc-transform';
import { expect, test } from 'vitest';
import { costsOf, uniformGrammar } from './costs.ts';
import { enumerate } from './enumerate.ts';
import type { Language, Term, Value } from './language.ts';
import { bareLanguage, extended } from './language.ts';
import type { Input } from './memory.ts';
import { print, readTerm, type StoredTerm } from './term.ts';
import { printProgram } from './typescript.ts';
import { workspace } from './workspace.ts';

const INPUTS: readonly Input[] = [
  { list: [3, -1, 7, 7, 0], k: 2 },
  { list: [5, 4, -3, 9, 12, -8], k: 1 },
  { list: [2, 2, 1, 10], k: 3 },
];

function withLibrary(): Language {
  const add = (from: Language, name: string, args: string, body: StoredTerm): Language => {
    const term = readTerm(from, body);
    const type = from.primitives[term.prim]?.type as 'I' | 'L';
    return extended(from, [{ name, type, args: [...args] as never, body: term }]);
  };
  let language = bareLanguage('text');
  language = add(language, 'mean', 'L', ['idiv', ['fold', 'add', '#0'], ['len', '#0']]);
  language = add(language, 'above', 'L', ['filter', ['gtc', ['mean', '#0']], '#0']);
  language = add(language, 'firstOf', 'L', ['take', 'k', '#0']);
  return add(language, 'twice', 'FL', ['map', '#0', ['map', '#0', '#1']]);
}

type Program = (list: readonly number[], k: number) => Value;

function compiled(source: string): Program {
  const { code, errors } = transformSync('answer.ts', source);
  expect(errors).toEqual([]);
  return new Function(`${code.replace('export default', 'return')}`)() as Program;
}

function programsOf(language: Language): readonly { term: Term; outputs: readonly Value[] }[] {
  const searched = enumerate(
    {
      language,
      domain: 'text',
      costs: costsOf(language, uniformGrammar(language)),
      inputs: INPUTS,
      targets: [],
      goOn: (candidates) => candidates < 40_000,
      found: () => undefined,
    },
    workspace(60_000, 3_000_000),
  );
  const ids = Array.from({ length: searched.kept }, (_, id) => id);
  return ids
    .filter((id) => ['I', 'L'].includes(searched.type(id)) && id % 37 === 0)
    .map((id) => ({ term: searched.term(id), outputs: searched.outputs(id) }));
}

test('every program found prints to TypeScript that computes the same', () => {
  const language = withLibrary();
  const programs = programsOf(language);
  expect(programs.length).toBeGreaterThan(100);
  for (const { term, outputs } of programs) {
    const source = printProgram({ language, program: term, name: 'answer', about: 'Found.' });
    const run = compiled(source);
    // The integers of the language have no −0, JavaScript's have.
    const got = JSON.parse(JSON.stringify(INPUTS.map(({ list, k }) => run(list, k))));
    expect({ term: print(language, term), source, got }).toEqual({
      term: print(language, term),
      source,
      got: outputs,
    });
  }
});

test('abstractions become functions, each once and after those it calls', () => {
  const language = withLibrary();
  const program = readTerm(language, ['plus', ['len', ['above', 'L']], ['mean', ['firstOf', 'L']]]);
  expect(printProgram({ language, program, name: 'answer', about: 'Found.' })).toMatchSnapshot();
});
