/** What the program of a command proposer reads: one document on standard input. */

import type { AskRequest } from '../contract.ts';
import { type About, type Chosen, choose, type Heard, type Shown } from '../outside/shown.ts';

export const SCHEMA = 'paceline.propose/1';

export interface Prepared extends Chosen {
  readonly input: Uint8Array;
}

/** Reads the archive: before the first await. */
export function prepare(about: About, state: Heard, request: AskRequest): Prepared {
  const { trial, rng, fromOrigin } = request;
  const chosen = choose(about, request);
  const { task, metric } = about;
  const document = {
    schema: SCHEMA,
    task,
    metric,
    trial,
    seed: rng.u32(),
    fromOrigin,
    parent: shownOf(about, chosen.parent),
    inspirations: chosen.inspirations.map((one) => shownOf(about, one)),
    feedback: fromOrigin ? [] : state.feedback,
  };
  return { ...chosen, input: new TextEncoder().encode(`${JSON.stringify(document)}\n`) };
}

function shownOf({ toFiles, inUnit }: About, { id, text, score }: Shown) {
  return { id, files: toFiles(text), score: score === undefined ? null : inUnit(score) };
}
