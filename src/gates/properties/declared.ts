/** Properties and relations that the user declared, asked in the process that holds them. */
import type { Json } from '../../core/json.ts';
import { named } from '../sentence.ts';
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

/** Of fewer the first call of a property is most of the time. */
const LEAST_TIMED = 100;

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
  /** The most CPU time that one property took of one case. */
  slowestMs = 0;

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
    for (const { name, asked, isSilent } of await this.relate(batch, { subject, origin, signal })) {
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
    const on = `on the input ${shown(first.input)}: ${first.why}`;
    const what = first.threw
      ? `says neither true nor what is wrong of the origin's own output, ${on}`
      : `is broken by the origin itself, ${on}`;
    throw this.talk.refuse(this.words(name), what);
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
      throw this.talk.refuse(
        `the impossible task ${named(outputs[i]?.name ?? '')}`,
        `threw: ${quoted(threw)}`,
      );
    });
  }

  words(name: string): string {
    return `the ${this.is.relations.includes(name) ? 'relation' : 'property'} ${named(name)}`;
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
    return this.timed(told, (told as unknown as Asked).tried);
  }

  /** All relations in one row of calls. */
  private async relate(
    { seed }: Batch,
    { subject, origin, signal }: Sides,
  ): Promise<readonly Related[]> {
    const made: Changed[] = [];
    for (const name of this.is.relations) {
      const question = { do: 'change', about: this.words(name), name, seed };
      const told = await this.talk.ask(question, signal);
      const inputs = told['inputs'] as readonly Json[];
      this.timed(told, inputs.length);
      made.push({ name, at: told['at'], inputs });
    }
    const after = await subject.outputs(made.flatMap(({ inputs }) => inputs));
    const found: Related[] = [];
    let from = 0;
    for (const { name, at, inputs } of made) {
      const outputs = after.slice(from, from + inputs.length);
      from += inputs.length;
      const question = { do: 'relate', about: this.words(name), name, at, outputs };
      const asked = this.timed(await this.talk.ask(question, signal), inputs.length);
      // Who is silent on the changed input alone would have broken nothing.
      const isSilent = await unanswered({ seed, inputs, outputs }, origin);
      found.push({ name, asked, isSilent });
    }
    return found;
  }

  private timed(told: Readonly<Record<string, unknown>>, cases: number): Asked {
    const ms = typeof told['cpuMs'] === 'number' ? told['cpuMs'] : 0;
    if (cases >= LEAST_TIMED) this.slowestMs = Math.max(this.slowestMs, ms / cases);
    return told as unknown as Asked;
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
    const { why, threw = false } = first;
    // What was planted cannot be drawn again.
    const at = batch.isPlanted ? {} : { at: first.at };
    return { name, tried, failed, places, first: { input, why: quoted(why), threw, ...at } };
  }
}

interface Changed {
  readonly name: string;
  /** Places in the batch of those that it says something about. */
  readonly at: unknown;
  readonly inputs: readonly Json[];
}

interface Related {
  readonly name: string;
  readonly asked: Asked;
  readonly isSilent: First | undefined;
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
