/** Whole proposals on the recording of a study, in the form in which its ledger keeps them. */
import { EVENT_BODIES } from '../core/events.ts';
import type { Json } from '../core/json.ts';
import { madeBody, madeOf } from '../loop/made.ts';
import { readCassette, recordProposal } from '../models/cassette.ts';
import type { Proposer } from '../proposers/contract.ts';
import type { Heard } from '../proposers/outside/shown.ts';
import { type ProposalTape, type ReplayedTape, recorded } from '../proposers/taped.ts';
import type { CassetteUse } from './cassette-use.ts';

/** As it is where nothing is recorded. */
export function recordedOn(
  cassette: CassetteUse | undefined,
  proposer: Proposer<Heard>,
  secrets: readonly string[],
): Proposer {
  const isRecorded = cassette !== undefined && 'record' in cassette;
  if (!isRecorded || proposer.traits.repeatable) return proposer as Proposer;
  return recorded(proposer, tapeAt(cassette.record, secrets)) as Proposer;
}

function tapeAt(path: string, secrets: readonly string[]): ProposalTape {
  return {
    keep(key, label, proposal) {
      const value = JSON.parse(JSON.stringify(madeBody(proposal))) as Json;
      return readBack(recordProposal({ path, secrets }, { key, label, value }));
    },
  };
}

/** Undefined where nothing is replayed. */
export function replayedFrom(cassette: CassetteUse | undefined): ReplayedTape | undefined {
  if (cassette === undefined || !('replay' in cassette)) return undefined;
  const path = cassette.replay;
  const tape = readCassette(path);
  return {
    path,
    find(key) {
      const value = tape.proposal(key);
      return value === undefined ? undefined : readBack(value);
    },
  };
}

function readBack(value: Json) {
  return madeOf(EVENT_BODIES['proposal.made'].parse(value));
}
