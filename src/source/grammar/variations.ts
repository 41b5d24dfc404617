/**
 * Variations of parsed texts. A child counts only if the parser takes it and it names nothing that
 * its parent did not already name without a declaration, so nearly every child compiles; a variation
 * draws again a few times before it gives up.
 */
import { constantVariations } from '../constants.ts';
import { edited } from '../edit.ts';
import type { Variation } from '../language.ts';
import type { Anatomy, Style } from './anatomy.ts';
import { expressionChanges } from './expressions.ts';
import { loopChanges } from './loops.ts';
import type { Change, Scene } from './scene.ts';
import { statementChanges } from './statements.ts';

/** Draws of one variation until its child is of the language. */
const TRIES = 12;

export interface Grammar {
  readonly style: Style;
  /** Undefined for a text that is not of the language. */
  readonly anatomy: (text: string) => Anatomy | undefined;
}

export function grammarVariations(grammar: Grammar): readonly Variation[] {
  const constants = constantVariations((text) => grammar.anatomy(text)?.constants ?? []);
  const changes: Readonly<Record<string, Change>> = {
    ...expressionChanges,
    ...statementChanges,
    ...loopChanges,
  };
  const { choice, step } = grammar.style;
  const hasForm: Readonly<Record<string, boolean>> = {
    choice: choice !== undefined,
    stride: step !== undefined,
  };
  const possible = Object.entries(changes).filter(([name]) => hasForm[name] ?? true);
  return [...constants, ...possible.map(([name, change]) => variationOf(name, grammar, change))];
}

/** A variation whose children compute what their parent does; they may name `globals` besides. */
export function preservingOf(
  name: string,
  grammar: Grammar,
  { change, globals = [] }: { readonly change: Change; readonly globals?: readonly string[] },
): Variation {
  const anatomy: Grammar['anatomy'] = (text) => {
    const found = grammar.anatomy(text);
    return found && { ...found, unbound: new Set([...found.unbound, ...globals]) };
  };
  return { ...variationOf(name, { ...grammar, anatomy }, change), keepsMeaning: true };
}

/** A change that is drawn again until its child is of the language. */
export function variationOf(name: string, grammar: Grammar, change: Change): Variation {
  return {
    name,
    vary(source, rng, mate) {
      const anatomy = grammar.anatomy(source.text);
      if (anatomy === undefined) return undefined;
      const other = mate && grammar.anatomy(mate.text);
      const scene: Scene = {
        source,
        anatomy,
        style: grammar.style,
        ...(mate && other ? { mate: { text: mate.text, anatomy: other, source: mate } } : {}),
      };
      for (let tries = 0; tries < TRIES; tries++) {
        const edits = change(scene, rng);
        const child = edits && edited(source, edits);
        if (child !== undefined && isSound(grammar, anatomy, child)) return child;
      }
      return undefined;
    },
  };
}

function isSound({ anatomy }: Grammar, parent: Anatomy, child: string): boolean {
  const unbound = anatomy(child)?.unbound;
  return unbound !== undefined && [...unbound].every((name) => parent.unbound.has(name));
}
