/** Sentences about candidates, for people: names that users gave in quotes, one full stop, counts in singular and plural. */
import { quoted } from './properties/quoted.ts';

/** A name of the user's: property, relation, metric, impossible task. */
export function named(name: string): string {
  return `"${quoted(name)}"`;
}

/** With one full stop: messages that are quoted at the end often bring their own. */
export function stopped(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** "1 pair", "2 pairs"; `many` where the plural is not made with an s. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** To three digits. */
export function secondsOf(ms: number): string {
  return `${Number((ms / 1000).toPrecision(3))} s`;
}
