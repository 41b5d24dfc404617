/** `taste-child.ts FAMILY`: its searches, printed as JSON. */
import { runsOf } from './taste/runs.ts';

const found = await runsOf(process.argv[2] ?? '');
console.log(JSON.stringify(found));
