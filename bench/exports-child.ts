/** One export in a process of its own: `exports-child.ts FORMAT ROOT STUDY FILE`. Prints one line of JSON. */
import { statSync } from 'node:fs';
import { type DataFormat, exportDataFile } from '../src/app/export-data.ts';

const [format = '', root = '', id = '', file = ''] = process.argv.slice(2);
const KIB = 1024;

const started = performance.now();
const before = process.cpuUsage();
const { trials } = await exportDataFile(
  { root, id, format: format as DataFormat },
  { file, isForced: true },
);
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
const cpuSeconds = (user + system) / 1e6;
const peakBytes = process.resourceUsage().maxRSS * KIB;
console.log(JSON.stringify({ trials, seconds, cpuSeconds, peakBytes, bytes: statSync(file).size }));
