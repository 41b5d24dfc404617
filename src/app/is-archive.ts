/** Tells what export wrote from a study's name, without the code that unpacks it. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { isStudy } from './study-files.ts';

/** As people name what they were sent. */
const ARCHIVE_NAME = /[.](?:tgz|tar[.]gz)$/i;
const GZIP = Buffer.from([0x1f, 0x8b]);

/** Whether the word is a file to be verified: by its name, or by how gzip begins; no study of this folder. */
export function isArchive(root: string, word: string): boolean {
  if (isStudy(root, word)) return false;
  if (ARCHIVE_NAME.test(word)) return true;
  if (statSync(word, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const file = openSync(word, 'r');
  try {
    const begin = Buffer.alloc(GZIP.length);
    readSync(file, begin);
    return begin.equals(GZIP);
  } finally {
    closeSync(file);
  }
}
