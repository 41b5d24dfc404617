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
  const { code, errors } = transformSync(file, await readFile(file, 'utf8'));
  const [first] = errors;
  if (first !== undefined) throw new SyntaxError(`${file}: ${first.message}`);
  return { format: 'module', source: code, shortCircuit: true };
}
