/** A model: an endpoint whose calls are paid from the purse and made again while the provider is the trouble. */
import type { Rng } from '../core/rng.ts';
import { NOTHING_SPENT, type Paid, type Purse, plus, type Spend } from '../core/spend.ts';
import type {
  Endpoint,
  EndpointReply,
  Failure,
  Model,
  ModelAnswer,
  ModelRequest,
  Usage,
} from './contract.ts';
import { type Breaker, isOpen, PATIENCE, type Patience, waitMs } from './patience.ts';
import { costOf, type Price } from './prices.ts';
import { apart, chargedTokens, inputTokensOf, mostTokens } from './tokens.ts';

export interface PatientOptions {
  readonly endpoint: Endpoint;
  readonly price: Price;
  /** Rejects with the reason of the signal. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Of the waits, and of nothing that a study decides. */
  readonly rng: Rng;
  readonly patience?: Patience;
}

interface At {
  readonly purse: Purse;
  readonly signal: AbortSignal;
}

export function patientModel(options: PatientOptions): Model {
  const { endpoint, sleep, rng, patience = PATIENCE } = options;
  const breaker: Breaker = { inARow: 0 };
  return {
    id: endpoint.id,
    async ask(request, at) {
      let spent = NOTHING_SPENT;
      for (let attempt = 1; ; attempt++) {
        const answer = await oneAttempt(options, request, at);
        spent = plus(spent, answer.spent);
        if (!('failure' in answer)) {
          breaker.inARow = 0;
          return { ...answer, spent };
        }
        const { failure } = answer;
        if (failure.kind === 'over-budget' || failure.kind === 'down') return { failure, spent };
        const ms = waitMs(patience, { attempt, failure, rng });
        if (ms === undefined) return { failure: given(failure), spent };
        await sleep(ms, at.signal);
      }
    },
  };

  /** What is told of a call that is given up. */
  function given(failure: Failure): Failure | { readonly kind: 'down'; readonly says: string } {
    if (failure.kind !== 'unavailable') {
      breaker.inARow = 0;
      return failure;
    }
    breaker.inARow += 1;
    if (!isOpen(patience, breaker)) return failure;
    const times = `${breaker.inARow} calls in a row, each tried ${patience.attempts} times`;
    breaker.inARow = 0;
    return { kind: 'down', says: `${failure.says} (${times})` };
  }
}

/** What the endpoint said, and what that cost. */
async function oneAttempt(
  { endpoint, price }: PatientOptions,
  request: ModelRequest,
  { purse, signal }: At,
): Promise<ModelAnswer> {
  const [provider = ''] = endpoint.id.split('/');
  const sent = inputTokensOf(request);
  const most = costOf(mostTokens(sent, request, provider), price);
  const call = {
    to: endpoint.id,
    most,
    make: async (): Promise<Paid<{ reply: EndpointReply; spent: Spend }>> => {
      const reply = await endpoint.call(request, signal);
      const isUnknown = 'failure' in reply && reply.mayHaveCost === true;
      if (isUnknown) return { value: { reply, spent: most }, spent: most, unanswered: true };
      const charged = chargedFor(sent, reply);
      if (charged === undefined) {
        const spent = { ...NOTHING_SPENT, requests: 1 };
        return { value: { reply, spent }, spent };
      }
      const spent = costOf(charged, price);
      return { value: { reply, spent }, spent, usage: apart(charged) };
    },
  };
  const answer = await purse.pay(call, signal);
  if ('refused' in answer) {
    const { limit, cap } = answer.refused;
    const says = `A call to ${endpoint.id} may take more than the limit on ${limit} leaves (${cap} in all).`;
    return {
      failure: { kind: 'over-budget', says, refused: answer.refused },
      spent: NOTHING_SPENT,
    };
  }
  const { reply, spent } = answer.paid;
  if ('failure' in reply) return { failure: reply.failure, spent };
  return { text: reply.text, isCut: reply.isCut, spent };
}

/** Undefined for a request that was refused before a model read it: it costs nothing but itself. */
function chargedFor(sent: number, reply: EndpointReply): Usage | undefined {
  const text = 'failure' in reply ? '' : reply.text;
  if ('failure' in reply && reply.usage === undefined) return undefined;
  return chargedTokens(sent, text, reply.usage);
}
