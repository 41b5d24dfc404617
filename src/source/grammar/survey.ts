import type { NumberSpan, Span } from '../language.ts';
import type { Anatomy, Expression, Guard, Loop, OperatorToken } from './anatomy.ts';

/** What a walk over a tree has found so far, whatever parsed it. */
export class Survey {
  readonly blocks: (readonly Span[])[] = [];
  readonly expressions: Expression[] = [];
  readonly operators: OperatorToken[] = [];
  readonly conditions: Expression[] = [];
  readonly pairs: (readonly [Expression, Expression])[] = [];
  readonly loops: Loop[] = [];
  readonly bounds: Expression[] = [];
  readonly steps: Anatomy['steps'][number][] = [];
  readonly guards: Guard[] = [];
  readonly constants: NumberSpan[] = [];
  size = 0;

  /** Constants in the order of the text, whichever way the walk went. */
  anatomy(unbound: Anatomy['unbound']): Anatomy {
    const { blocks, expressions, operators, conditions, pairs } = this;
    const { loops, bounds, steps, guards, size } = this;
    const found = { blocks, expressions, operators, conditions, pairs, loops, bounds, steps };
    const constants = this.constants.toSorted((a, b) => a.start - b.start);
    return { ...found, guards, constants, unbound, size };
  }
}
