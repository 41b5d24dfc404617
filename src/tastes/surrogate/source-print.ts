/**
 * What source files are like, as numbers, where nothing tells what they decide: how often each word and each pair and
 * triple of neighbouring words stands in them against the origin, hashed into a fixed number of places (feature hashing:
 * Weinberger et al., ICML 2009), then how much was changed and in how many files. Near by means similar text, which is less
 * than similar behaviour.
 */
import { decodeProgram } from '../../source/program.ts';

const PLACES = 192;
/** Changed words and touched files stand in places of their own. */
const EXTRA = 2;
const LONGEST_GRAM = 3;
/** Counts that differ by so many are as good as different altogether. */
const FULL_DIFFERENCE = 2;

const WORDS = /[A-Za-z_$][\w$]*|\d+(?:\.\d+)?(?:e[-+]?\d+)?|[^\s\w]+/giu;

/** @returns A reader of canonical program texts: numbers from 0 to 1, all 1/2 for the origin, but for the last two at 0. */
export function sourcePhenotypes(originText: string): (text: string) => Float32Array {
  const origin = decodeProgram(originText).files;
  const begun = countsOf(Object.values(origin));
  return (text) => {
    const { files } = decodeProgram(text);
    const counts = countsOf(Object.values(files));
    const print = new Float32Array(PLACES + EXTRA);
    let changed = 0;
    for (let place = 0; place < PLACES; place++) {
      const apart = (counts[place] as number) - (begun[place] as number);
      changed += Math.abs(apart);
      print[place] = (1 + Math.tanh(apart / FULL_DIFFERENCE)) / 2;
    }
    const touched = Object.keys(files).filter((path) => files[path] !== origin[path]).length;
    print[PLACES] = Math.tanh(Math.log1p(changed) / 8);
    print[PLACES + 1] = Math.tanh(touched / 4);
    return print;
  };
}

function countsOf(texts: readonly string[]): Float64Array {
  const counts = new Float64Array(PLACES);
  for (const text of texts) {
    const hashes = (text.match(WORDS) ?? []).map(hashOf);
    for (let at = 0; at < hashes.length; at++) {
      let gram = 0;
      for (let length = 0; length < LONGEST_GRAM && at + length < hashes.length; length++) {
        gram = mixed(gram, hashes[at + length] as number);
        const place = (gram >>> 0) % PLACES;
        counts[place] = (counts[place] as number) + 1;
      }
    }
  }
  return counts;
}

/** FNV-1a, 32 bits. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash;
}

/** Order matters, and no prefix of a gram lands in its own place (finaliser of MurmurHash3, Appleby 2011). */
function mixed(gram: number, word: number): number {
  let hash = Math.imul(gram ^ word, 0x85ebca6b) + 0x9e3779b9;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
