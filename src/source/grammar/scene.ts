/** What one change sees, and what it answers with. */
import type { Rng } from '../../core/rng.ts';
import type { Edit } from '../edit.ts';
import type { Source } from '../language.ts';
import type { Anatomy, Style } from './anatomy.ts';

/** A text, what is known of it, and the same of a mate. */
export interface Scene {
  readonly source: Source;
  readonly anatomy: Anatomy;
  readonly style: Style;
  readonly mate?: { readonly text: string; readonly anatomy: Anatomy; readonly source: Source };
}

/** One draw: the edits, or undefined when there is nothing to do. */
export type Change = (scene: Scene, rng: Rng) => readonly Edit[] | undefined;
