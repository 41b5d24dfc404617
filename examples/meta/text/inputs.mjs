/** Texts of 20 characters, words and numbers with one space between them, as lists of codes. */
import { drawInputs } from '../inputs.mjs';
import { randomOf } from '../random.mjs';

export const TEXT_LENGTH = 20;

const WORDS =
  'apple bring cloud dance early field green house input judge knife lemon music night ocean paper quiet river stone table under voice water young zebra able best cold door even farm gold hand idea jump king long moon nine open park quick road sand time use visit wind year box cat dog fox ink map oil red sun tea'.split(
    ' ',
  );
const NUMBER_CHANCE = 0.3;
const CAPITAL_CHANCE = 0.4;
const ALL_CAPITALS_CHANCE = 0.1;
/** One of the first tokens is a number and another a word, so that no text is without digits or letters. */
const FIRST_TOKENS = [0, 1, 2];

/**
 * @param {number} seed
 * @returns {import('../inputs.mjs').Inputs}
 */
export function textInputs(seed) {
  const random = randomOf(seed, 'inputs of texts');
  return drawInputs(random, () => [...drawText(random)].map((char) => char.charCodeAt(0)));
}

function drawText(random) {
  const [numberAt, wordAt] = random.shuffled(FIRST_TOKENS);
  let text = '';
  for (let token = 0; text.length < TEXT_LENGTH; token += 1) {
    const isNumber = token === numberAt || (token !== wordAt && random.unit() < NUMBER_CHANCE);
    text += `${text === '' ? '' : ' '}${isNumber ? drawNumber(random) : drawWord(random)}`;
  }
  return text.slice(0, TEXT_LENGTH);
}

/** Of one to four digits. */
function drawNumber(random) {
  return Array.from({ length: random.between(1, 4) }, () => random.below(10)).join('');
}

function drawWord(random) {
  const word = random.pick(WORDS);
  const chance = random.unit();
  if (chance < ALL_CAPITALS_CHANCE) return word.toUpperCase();
  if (chance < ALL_CAPITALS_CHANCE + CAPITAL_CHANCE) return word[0].toUpperCase() + word.slice(1);
  return word;
}
