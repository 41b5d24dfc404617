/** `improver-net-child.ts SEED`: one seed of the bench, printed as JSON. */
import { recursion } from './improver-net-run.ts';

const results = recursion(Number(process.argv[2]), (line) => console.error(line));
console.log(JSON.stringify(results));
