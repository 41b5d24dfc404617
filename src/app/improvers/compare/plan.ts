/** What a comparison of improvers is going to do, fixed before it begins. */
import { z } from 'zod';

const line = z.strictObject({ line: z.string(), about: z.string(), times: z.number() });
const side = line.extend({ id: z.string() });

export const comparisonPlan = z.strictObject({
  first: side,
  second: side,
  beside: z.array(line),
  missing: z.array(z.string()),
  tasks: z.string(),
  /** What a pair is: a seed of a generator, or a task of a set that is drawn once. */
  pairs: z.enum(['seed', 'task']),
  seeds: z.array(z.number()),
  budget: z.strictObject({ unit: z.enum(['candidates', 'cpu-ms']), amount: z.number() }),
});
export type ComparisonPlan = z.infer<typeof comparisonPlan>;
