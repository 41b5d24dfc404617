/**
 * Calls of a program of somebody else's, passed on with a key that it never sees: to one endpoint, for models
 * that have a price, and paid from the purse like our own calls. What stands in the way is said in the reply, since
 * the program is who can do something about it, and kept for whoever started the program.
 */
import { setImmediate } from 'node:timers/promises';
import {
  NOTHING_SPENT,
  type Paid,
  type Purse,
  plus,
  type Refusal,
  type Spend,
} from '../core/spend.ts';
import type { Relay, RelayReply, RelayRequest, RelayTrouble, RelayUse } from './contract.ts';
import { type Breaker, isOpen, PATIENCE } from './patience.ts';
import { costOf, type Price } from './prices.ts';
import { addressOf, asksOf } from './relay/call.ts';
import {
  BAD_GATEWAY,
  type EndpointOptions,
  exchange,
  NotRead,
  refusal,
  type Sent,
} from './relay/exchange.ts';
import { readReply, wordsOf } from './relay/usage.ts';
import { apart, chargedTokens, mostTokens, tokensOf } from './tokens.ts';

export interface RelayOptions extends EndpointOptions {
  /** Of `provider/model`; undefined: it may not be asked. */
  readonly priceOf: (id: string) => Price | undefined;
  /** What must not be sent is in it: what it looks like. */
  readonly leakIn: (text: string) => string | undefined;
  /** Put aside for a call that does not limit itself. */
  readonly maxOutputTokens: number;
  /** Calls and tokens of one proposal. */
  readonly calls: number;
  readonly tokens?: number;
}

interface At {
  readonly purse: Purse;
  readonly signal: AbortSignal;
}

export function modelRelay(options: RelayOptions): Relay {
  const breaker: Breaker = { inARow: 0 };
  return {
    open(at) {
      const use = new Use(options, at);
      const closed = async (isWaitedFor: boolean) => {
        const { trouble, ...rest } = await use.close(isWaitedFor);
        const told = given(breaker, trouble);
        return { ...rest, ...(told ? { trouble: told } : {}) };
      };
      let once: ReturnType<typeof closed> | undefined;
      return {
        pass: (request) => use.pass(request),
        close(isWaitedFor = false) {
          // One proposal counts once, however often it is closed.
          once ??= closed(isWaitedFor);
          return once;
        },
      };
    },
  };
}

/** Proposals in a row that ended with the provider in the way. */
function given(breaker: Breaker, trouble: RelayTrouble | undefined): RelayTrouble | undefined {
  if (trouble?.kind !== 'unavailable') {
    breaker.inARow = 0;
    return trouble;
  }
  breaker.inARow += 1;
  if (!isOpen(PATIENCE, breaker)) return trouble;
  const says = `${trouble.says} (${breaker.inARow} proposals in a row)`;
  breaker.inARow = 0;
  return { kind: 'down', says };
}

/** A call that may be made, if the purse allows. */
interface Call extends Sent {
  readonly price: Price;
  /** Tokens by our own count. */
  readonly tokens: number;
  readonly most: Spend;
}

interface Refused {
  readonly says: string;
  /** Absent: of no consequence for the proposal. */
  readonly kind?: 'declined' | 'misconfigured';
}

type Answer = (reply: RelayReply) => void;

class Use implements RelayUse {
  private readonly options: RelayOptions;
  private readonly at: At;
  private readonly cut = new AbortController();
  private readonly open = new Set<Promise<void>>();
  private spent = NOTHING_SPENT;
  private calls = 0;
  /** Tokens put aside by calls under way. */
  private aside = 0;
  private model: string | undefined;
  private trouble: RelayTrouble | undefined;
  private isWaitedFor = false;

  constructor(options: RelayOptions, at: At) {
    this.options = options;
    this.at = at;
  }

  async pass(request: RelayRequest): Promise<RelayReply> {
    const judged = await this.callOf(request);
    // Looked at again, and put aside in the same moment: others came in while its words were counted.
    const call = 'says' in judged ? judged : (this.overProposal(judged.most) ?? judged);
    if ('says' in call) {
      const { kind, says } = call;
      if (kind) this.trouble = { kind, says };
      return refusal(says);
    }
    this.calls += 1;
    this.aside += call.most.tokens;
    this.model = call.id;
    return new Promise((answer) => {
      const work = this.pay(call, answer).finally(() => {
        this.aside -= call.most.tokens;
        this.open.delete(work);
      });
      this.open.add(work);
    });
  }

  async close(isWaitedFor: boolean) {
    this.isWaitedFor = isWaitedFor;
    this.cut.abort(new Error(OVER));
    await Promise.all(this.open);
    const { spent, model, trouble } = this;
    return { spent, ...(model ? { model } : {}), ...(trouble ? { trouble } : {}) };
  }

  private async callOf(request: RelayRequest): Promise<Call | Refused> {
    const { provider, url: base, priceOf, leakIn, maxOutputTokens } = this.options;
    const url = addressOf(base, request.path);
    if (url === undefined) return { says: `${request.path} does not lie below the endpoint.` };
    const spent = this.overCalls();
    if (spent) return spent;
    const asks = asksOf(url, new TextDecoder().decode(request.body));
    if (request.method !== 'POST' || asks === undefined) return { says: NO_CALL };
    const words = wordsOf(asks.body);
    // As it is written and as it is read: JSON writes a quote in two characters.
    const leak = leakIn(`${decoded(url)}\n${asks.body}`) ?? leakIn(words);
    if (leak !== undefined) {
      return { says: `A call was not sent: it holds what looks like ${leak}.`, kind: 'declined' };
    }
    const id = `${provider}/${asks.model}`;
    const price = priceOf(id);
    if (price === undefined) return { says: unpriced(id), kind: 'misconfigured' };
    const tokens = await countedInPieces(words);
    const outputs = (asks.maxOutputTokens ?? maxOutputTokens) * asks.answers;
    const most = costOf(mostTokens(tokens, { maxOutputTokens: outputs }, provider), price);
    const sent = { ...request, body: Buffer.from(asks.body) };
    return { id, url, request: sent, price, tokens, most };
  }

  private overCalls(): Refused | undefined {
    if (this.cut.signal.aborted) return { says: OVER };
    const { calls } = this.options;
    if (this.calls < calls) return undefined;
    return { says: `It has made the ${calls} calls that turns allows.`, kind: 'declined' };
  }

  private overProposal(most: Spend): Refused | undefined {
    const { tokens = Number.POSITIVE_INFINITY } = this.options;
    const over = this.overCalls();
    if (over) return over;
    if (this.spent.tokens + this.aside + most.tokens <= tokens) return undefined;
    const says = `A call may take more than is left of the ${tokens} tokens of one proposal.`;
    return { says, kind: 'declined' };
  }

  private async pay(call: Call, answer: Answer): Promise<void> {
    const { purse } = this.at;
    const signal = this.untilCut(call);
    let isBegun = false;
    const make = (): Promise<Paid<Spend>> => {
      // It was put aside for, and the proposal ended meanwhile: nothing is sent.
      if (signal.aborted) {
        answer(refusal(OVER));
        return Promise.resolve({ value: NOTHING_SPENT, spent: NOTHING_SPENT });
      }
      isBegun = true;
      return this.made(call, answer);
    };
    try {
      const paid = await purse.pay({ to: call.id, most: call.most, make }, signal);
      if ('paid' in paid) this.spent = plus(this.spent, paid.paid);
      else answer(this.overBudget(call, paid.refused));
    } catch (error) {
      // What it took nobody knows: what was put aside is booked.
      if (isBegun) this.spent = plus(this.spent, call.most);
      const isCut = this.cut.signal.aborted;
      const said = error instanceof Error ? error.message : String(error);
      const says = isCut ? `${call.id} had not answered in full when the proposal was over.` : said;
      const isLeft = error instanceof NotRead || call.request.signal?.aborted === true;
      const isWanted = !isLeft && (!isCut || this.isWaitedFor);
      if (isBegun && isWanted) this.trouble ??= { kind: 'unavailable', says };
      answer(refusal(says, BAD_GATEWAY));
    }
  }

  /** @throws where nobody knows what it took. */
  private async made(call: Call, answer: Answer): Promise<Paid<Spend>> {
    const exchanged = await exchange(this.options, call, this.untilCut(call));
    answer(exchanged.reply);
    if ('failure' in exchanged) {
      this.trouble = exchanged.failure;
      if (exchanged.mayHaveCost) return { value: call.most, spent: call.most, unanswered: true };
      const spent = { ...NOTHING_SPENT, requests: 1 };
      return { value: spent, spent };
    }
    const { text, usage, surcharge } = readReply(await exchanged.whole);
    this.trouble = undefined;
    const charged = chargedTokens(call.tokens, text, usage);
    const { microUsd, ...rest } = costOf(charged, call.price);
    const spent = { ...rest, microUsd: microUsd + Math.ceil(surcharge * call.price.input) };
    return { value: spent, spent, usage: apart(charged) };
  }

  private untilCut({ request }: Call): AbortSignal {
    const own = request.signal ? [request.signal] : [];
    return AbortSignal.any([this.at.signal, this.cut.signal, ...own]);
  }

  private overBudget({ id }: Call, refused: Refusal): RelayReply {
    const { limit, cap } = refused;
    const says = `A call to ${id} may take more than the limit on ${limit} leaves (${cap} in all).`;
    this.trouble = { kind: 'over-budget', says, refused };
    return refusal(says);
  }
}

function unpriced(id: string): string {
  return `It asks ${id}, which has no price: write price beside the endpoint, or have it ask another model.`;
}

const OVER = 'The proposal is over.';
const NO_CALL =
  'Only calls in JSON that name a model and are answered with its words, at once, are passed on here.';

function decoded({ pathname, search }: URL): string {
  try {
    return decodeURIComponent(pathname + search);
  } catch {
    return pathname + search;
  }
}

/** Characters that are counted at a time: some tens of milliseconds at worst. */
const PIECE = 16_384;

/** What else goes on in this process goes on between pieces. */
async function countedInPieces(words: string): Promise<number> {
  let sum = 0;
  for (let from = 0; from < words.length; from += PIECE) {
    if (from > 0) await setImmediate();
    sum += tokensOf(words.slice(from, from + PIECE));
  }
  return sum;
}
