/** From a group of tasks that the solver woke on to a net, and from the net to the costs of one task. */
import type { Rng } from '../../core/rng.ts';
import type { Costs } from '../costs.ts';
import type { Language, Term, Value } from '../language.ts';
import type { Input } from '../memory.ts';
import type { Features } from './features.ts';
import { featuresOf } from './features.ts';
import { discounts, guidedCosts } from './guide.ts';
import type { Net } from './net.ts';
import { predict } from './net.ts';
import type { Dream } from './samples.ts';
import { primitivesOf } from './samples.ts';
import type { Sample } from './train.ts';
import { train, UPDATES } from './train.ts';

/** What the solver knows of one group of inputs. */
export interface Lesson {
  readonly inputs: readonly Input[];
  /** From the wake on these inputs. */
  readonly dreams: readonly Dream[];
  /** Solved training tasks, in the same language. */
  readonly solved: readonly { readonly term: Term; readonly outputs: readonly Value[] }[];
}

/** A net for the language, from any number of groups. */
export function learn(
  language: Language,
  lessons: readonly Lesson[],
  { rng, updates = UPDATES }: { readonly rng: Rng; readonly updates?: number },
): Net {
  const dreams: Sample[] = [];
  const tasks: Sample[] = [];
  for (const { inputs, dreams: dreamt, solved } of lessons) {
    const features = featuresOf(language, inputs);
    const sample = ({ term, outputs }: Dream): Sample => ({
      features: features.of(outputs),
      used: primitivesOf(term),
    });
    dreams.push(...dreamt.map(sample));
    tasks.push(...solved.map(sample));
  }
  return train({ primitives: language.primitives.length, dreams, tasks, updates, rng });
}

/** Costs for the search of one task alone. `features` are those of its inputs. */
export function recognised(
  outputs: readonly Value[],
  costs: Costs,
  { net, features }: { readonly net: Net; readonly features: Features },
): Costs {
  return guidedCosts(costs, discounts(net, predict(net, features.of(outputs))));
}

/** The same where only one task is over its inputs. */
export function soloCosts(
  outputs: readonly Value[],
  costs: Costs,
  {
    net,
    language,
    inputs,
  }: { readonly net: Net; readonly language: Language; readonly inputs: readonly Input[] },
): Costs {
  return recognised(outputs, costs, { net, features: featuresOf(language, inputs) });
}
