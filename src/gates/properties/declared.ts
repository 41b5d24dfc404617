/** Properties and relations that the user declared, asked in the process that holds them. */
import type { Json } from '../../core/json.ts';
import { quoted, shown } from './quoted.ts';
import {
  type Batch,
  type First,
  type Outputs,
  type Subject,
  type Tally,
  unanswered,
} from './subject.ts';
import type { ChecksTalk } from './talk.ts';

export interface Described {
  readonly drawsInputs: boolean;
  readonly properties: readonly string[];
  readonly relations: readonly string[];
  readonly impossible: readonly { readonly name: string; readonly input: Json }[];
}

interface Asked {
  readonly tried: number;
  readonly failed: number;
  readonly places: readonly number[];
  readonly first?: { readonly at: number; readonly why: string; readonly threw?: boolean };
}

/** @throws PacelineError CONFIG_INVALID for a module that does not load or declares nothing. */
export async function described(talk: ChecksTalk, signal: AbortSignal): Promise<Described> {
  const told = await talk.ask({ do: 'describe', about: 'the module' }, signal);
  if (typeof told['trouble'] === 'string')
    throw talk.refuse('the module:', quoted(told['trouble']));
  const found = told as unknown as Described;
  const { properties, relations, impossible } = found;
  if (properties.length + relations.length + impossible.length > 0) return found;
  throw talk.refuse('the module', 'exports no properties, no relations and no impossible tasks');
}

export class Declared {
  readonly is: Described;
  readonly talk: ChecksTalk;
  /** A property looks at the origin's output: known once they were tried on the origin. */
  isReferenced = false;

  constructor(is: Described, talk: ChecksTalk) {
    this.is = is;
    this.talk = talk;
  }

  get names(): readonly string[] {
    return [...this.is.properties, ...this.is.relations];
  }

  async draw(seed: number, count: number, signal: AbortSignal): Promise<readonly Json[]> {
    const told = await this.talk.ask({ do: 'draw', about: 'inputs', seed, count }, signal);
    return told['inputs'] as readonly Json[];
  }

  /**
   * One tally for each name on the batch, which the process holds already.
   * @throws PacelineError CONFIG_INVALID for a property that the origin breaks on the same inputs.
   */
  async judge(
    batch: Batch,
    subject: Subject,
    { origin, references, signal }: Beside,
  ): Promise<readonly Tally[]> {
    const { inputs, outputs } = batch;
    const isTaken = !this.is.drawsInputs || batch.isPlanted;
    if (isTaken) await this.talk.ask({ do: 'take', about: 'inputs', inputs }, signal);
    await this.give(outputs, references, signal);
    const silent = await unanswered(batch, origin);
    const tallies: Tally[] = [];
    for (const name of this.is.properties) {
      const asked = await this.hold(name, signal);
      tallies.push(this.tally({ name, batch, silent }, asked));
    }
    for (const name of this.is.relations) {
      const { asked, isSilent } = await this.relate(name, batch, { subject, origin, signal });
      const unsaid = batch.isPlanted ? undefined : (silent ?? isSilent);
      tallies.push(this.tally({ name, batch, silent: unsaid }, asked));
    }
    return tallies;
  }

  /** The same input made smaller, where the module draws its inputs. */
  async smallest(
    name: string,
    at: { readonly seed: number; readonly at: number },
    { subject, origin, signal }: Sides,
  ): Promise<First | undefined> {
    const bring = async (inputs: readonly Json[], isReferenced: boolean) => ({
      outputs: await subject.outputs(inputs),
      ...(isReferenced && this.isReferenced ? { references: await origin.outputs(inputs) } : {}),
    });
    const question = { do: 'shrink', about: this.words(name), name, ...at };
    const { smallest } = await this.talk.ask(question, signal, bring);
    const found = smallest as First | undefined;
    return found && { input: found.input, why: quoted(found.why) };
  }

  /** @throws PacelineError CONFIG_INVALID: what it refutes is itself, or the origin. */
  refuseOrigin({ name, first }: Tally): void {
    if (first === undefined) return;
    throw this.talk.refuse(
      this.words(name),
      `is broken by the origin itself, on the input ${shown(first.input)}: ${first.why}`,
    );
  }

  /** Names of the impossible tasks whose output passes for solved. */
  async passed(
    outputs: readonly { readonly name: string; readonly output: Json }[],
    signal: AbortSignal,
  ): Promise<readonly boolean[]> {
    const told = await this.talk.ask(
      { do: 'passes', about: 'an impossible task', outputs },
      signal,
    );
    return (told['passed'] as readonly unknown[]).map((one, i) => {
      if (typeof one === 'boolean') return one;
      const { threw } = one as { readonly threw: string };
      throw this.talk.refuse(`the impossible task ${outputs[i]?.name}`, `threw: ${quoted(threw)}`);
    });
  }

  words(name: string): string {
    return `the ${this.is.relations.includes(name) ? 'relation' : 'property'} ${name}`;
  }

  private async give(
    outputs: Outputs,
    references: Outputs | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    await this.talk.ask({ do: 'give', about: 'outputs', outputs, references }, signal);
  }

  private async hold(name: string, signal: AbortSignal): Promise<Asked> {
    const told = await this.talk.ask({ do: 'hold', about: this.words(name), name }, signal);
    this.isReferenced ||= told['hasReadReference'] === true;
    return told as unknown as Asked;
  }

  private async relate(name: string, { seed }: Batch, { subject, origin, signal }: Sides) {
    const about = this.words(name);
    const { at, inputs: made } = await this.talk.ask({ do: 'change', about, name, seed }, signal);
    const inputs = made as readonly Json[];
    const outputs = await subject.outputs(inputs);
    const told = await this.talk.ask({ do: 'relate', about, name, at, outputs }, signal);
    // Who is silent on the changed input alone would have broken nothing.
    const isSilent = await unanswered({ seed, inputs, outputs }, origin);
    return { asked: told as unknown as Asked, isSilent };
  }

  private tally(
    {
      name,
      batch,
      silent,
    }: { readonly name: string; readonly batch: Batch; readonly silent: First | undefined },
    { tried, failed, first, places }: Asked,
  ): Tally {
    if (silent !== undefined) return { name, tried, failed: failed + 1, first: silent };
    if (first === undefined) return { name, tried, failed };
    const input = batch.inputs[first.at] as Json;
    // What was planted cannot be drawn again.
    const at = batch.isPlanted ? {} : { at: first.at };
    return { name, tried, failed, places, first: { input, why: quoted(first.why), ...at } };
  }
}

export interface Beside {
  readonly origin: Subject;
  readonly references: Outputs | undefined;
  readonly signal: AbortSignal;
}

interface Sides {
  readonly subject: Subject;
  readonly origin: Subject;
  readonly signal: AbortSignal;
}
