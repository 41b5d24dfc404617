/**
 * What judges, as a digest: our own code as it lies on the disk, the config that sets the thresholds, and the table
 * of known cases, which says whether anything may pass at all.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { contentId, type Hash, sha256 } from '../../core/hash.ts';
import { configId, plainJson } from '../config-id.ts';
import { trialTableNow } from '../qualification/table.ts';

/** `json`: the table that is shipped lies beside the code. */
const CODE = /\.(m?js|ts|pl|py|json)$/;

/** Changed code, another config or another table is another gate. */
export function gateDigest(config: object): Hash {
  const code = codeDigest(codeFolder());
  tried ??= triedHere();
  return contentId({ code, config: configId(config), tried });
}

/** A process that judges reads its table once. */
let tried: Hash | 'as shipped' | undefined;

/** The table that this machine made, where that is the one which counts. */
function triedHere(): Hash | 'as shipped' {
  const found = trialTableNow();
  return found?.from === 'machine' ? contentId(plainJson(found.table)) : 'as shipped';
}

/** The folder that holds all of us: `dist` as built, `src` from source. */
function codeFolder(): string {
  for (let at = import.meta.dirname; at !== dirname(at); at = dirname(at)) {
    if (basename(at) === 'src') return at;
  }
  return import.meta.dirname;
}

export function codeDigest(folder: string): Hash {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => CODE.test(name)).sort();
  return sha256(
    files.map((name) => `${name} ${sha256(readFileSync(join(folder, name)))}`).join('\n'),
  );
}
