/** One export in a process of its own: `exports-child.ts FORMAT ROOT STUDY FILE`. Prints one line of JSON. */
import { statSync } from 'node:fs';
import { type DataFormat, exportDataFile } from '../src/app/export-data.ts';

const [format = '', root = '', id = '', file = ''] = process.argv.slice(2);
const KIB = 1024;

const started = performance.now();
const { trials } = await exportDataFile(
  { root, id, format: format as DataFormat },
  { file, isForced: true },
);
const seconds = (performance.now() - started) / 1000;
const peakBytes = process.resourceUsage().maxRSS * KIB;
console.log(JSON.stringify({ trials, seconds, peakBytes, bytes: statSync(file).size }));
