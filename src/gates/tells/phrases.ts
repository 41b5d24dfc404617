/**
 * Words that only a test would say, put into texts of inputs. They change the input, so the same inputs with words
 * that look most like them are the other side, and agreement with the incumbent is what is compared.
 */
import type { Json } from '../../core/json.ts';
import { exactMcNemar } from '../../stats/mcnemar.ts';
import { type Answer, answerKey } from '../calls/answers.ts';
import type { Tested } from './search.ts';
import { PHRASES } from './table.ts';

/** Inputs that each phrase is put into (included). */
const INPUTS = 24;

export function hasText(value: Json): boolean {
  if (typeof value === 'string') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasText);
}

function withWords(value: Json, words: string): Json {
  if (typeof value === 'string') return value === '' ? words : `${value} ${words}`;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: Json) => withWords(one, words));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withWords(one, words)]),
  );
}

/** The phrase and its plain words in turn, for each phrase and input; empty where no input has a text. */
export function phrasedInputs(inputs: readonly Json[]): readonly Json[] {
  const texts = inputs.filter(hasText).slice(0, INPUTS);
  return PHRASES.flatMap(([phrase, plain]) =>
    texts.flatMap((input) => [withWords(input, phrase), withWords(input, plain)]),
  );
}

/** Answers to `phrasedInputs`: one test for each phrase. */
export function phraseTests(
  candidate: readonly Answer[],
  incumbent: readonly Answer[],
): readonly Tested[] {
  const each = candidate.length / PHRASES.length;
  const agrees = (at: number): boolean => answerKey(candidate[at]) === answerKey(incumbent[at]);
  return PHRASES.map(([phrase], number) => {
    let first = 0;
    let second = 0;
    for (let at = number * each; at < (number + 1) * each; at += 2) {
      if (!agrees(at) && agrees(at + 1)) first += 1;
      if (agrees(at) && !agrees(at + 1)) second += 1;
    }
    return { tell: `the words "${phrase}"`, p: exactMcNemar({ first, second }), n: first + second };
  });
}
