/** Parts around the llm proposer for tests and benches: a model from a function, and a purse that is never empty. */

import type { PaidCall, Purse } from '../core/spend.ts';
import type { Model, ModelAnswer, ModelRequest } from '../models/contract.ts';

const SPENT = { requests: 1, tokens: 10, microUsd: 5 };

export type Says = string | Exclude<ModelAnswer, { readonly text: string }>;

/** Answers each request by the function; a text is a whole answer that costs a little. */
export function scriptedModel(says: (request: ModelRequest) => Says, id = 'test/scripted'): Model {
  return {
    id,
    async ask(request, { purse, signal }) {
      const said = says(request);
      const answer: ModelAnswer =
        typeof said === 'string' ? { text: said, isCut: false, spent: SPENT } : said;
      const call: PaidCall<ModelAnswer> = {
        to: id,
        most: SPENT,
        make: async () => ({ value: answer, spent: answer.spent }),
      };
      const paid = await purse.pay(call, signal);
      if ('paid' in paid) return paid.paid;
      const { refused } = paid;
      return {
        failure: { kind: 'over-budget', says: 'There is no money left.', refused },
        spent: { requests: 0, tokens: 0, microUsd: 0 },
      };
    },
  };
}

export const FULL_PURSE: Purse = {
  pay: async ({ make }) => ({ paid: (await make()).value }),
};
