/** What passes between the experiment and the process of one of its seeds. */
import type { LineName, Reading, SeedRun } from '../../improver/recursion/readings.ts';
import type { SeedRequest } from './run-seed.ts';

export type ToSeed = SeedRequest;

export type FromSeed =
  | { readonly is: 'reading'; readonly line: LineName; readonly reading: Reading }
  | { readonly is: 'done'; readonly run: SeedRun }
  | { readonly is: 'failed'; readonly message: string };
