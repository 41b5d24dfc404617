/**
 * Lets Node 20 import `.ts` and `.mts` files: oxc strips the types, nothing is checked and nothing is
 * looked up under another extension. The same transform makes a candidate's `.mjs`.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'oxc-transform';

export async function load(url, context, nextLoad) {
  if (!/^file:.*\.m?ts$/.test(url)) return nextLoad(url, context);
  const file = fileURLToPath(url);
  const source = stripped(file, await readFile(file, 'utf8'));
  return { format: 'module', source, shortCircuit: true };
}

/** The text without its types. */
export function stripped(file, text) {
  const { code, errors } = transformSync(file, text);
  const [first] = errors;
  if (first !== undefined) throw new SyntaxError(`${file}: ${first.message}`);
  return code;
}
