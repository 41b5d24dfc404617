/**
 * What the engine proposed to try next, as its ledger records it, for programs of others. What a confirm said is not
 * told, nor what was proposed because of it. Pure.
 */
import type { TaskKind } from '../../tasks/contract.ts';
import type { ToldOccasion } from '../follow-ons-of.ts';
import { patchOf } from '../task-kind.ts';
import type { PublicRecord } from './public-record.ts';
import type { Untrusted } from './untrusted.ts';

export type FollowOnOutside = Omit<ToldOccasion['next'][number], 'candidate' | 'seqs'> & Untrusted;

/** Each with its patch against the incumbent it is about, where the record shows that one's text. */
export function followOnsOutside(
  kind: TaskKind,
  record: Pick<PublicRecord, 'opened' | 'promotions'>,
  occasions: readonly ToldOccasion[],
) {
  return occasions.map(({ next, ...occasion }) => {
    const from = textOf(record, occasion.incumbent);
    const told = next.map(({ candidate, seqs: _seqs, ...one }): FollowOnOutside => {
      if (candidate === undefined || from === undefined) return one;
      return { ...one, untrusted: { patch: patchOf(kind, from, candidate.text) } };
    });
    return { ...occasion, next: told };
  });
}

function textOf(
  { opened, promotions }: Pick<PublicRecord, 'opened' | 'promotions'>,
  id: string,
): string | undefined {
  if (id === opened.origin) return opened.originText;
  return promotions.find(({ body }) => body.candidate === id)?.text;
}
