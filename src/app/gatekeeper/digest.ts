/** What judges, as a digest: our own code as it lies on the disk, and the config that sets the thresholds. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { contentId, type Hash, sha256 } from '../../core/hash.ts';
import { configId } from '../config-id.ts';

const CODE = /\.(m?js|ts|pl|py)$/;

/** Changed code or another config is another gate. */
export function gateDigest(config: object): Hash {
  return contentId({ code: codeDigest(codeFolder()), config: configId(config) });
}

/** The folder that holds all of us: `dist` as built, `src` from source. */
function codeFolder(): string {
  for (let at = import.meta.dirname; at !== dirname(at); at = dirname(at)) {
    if (basename(at) === 'src') return at;
  }
  return import.meta.dirname;
}

function codeDigest(folder: string): Hash {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => CODE.test(name)).sort();
  return sha256(
    files.map((name) => `${name} ${sha256(readFileSync(join(folder, name)))}`).join('\n'),
  );
}
