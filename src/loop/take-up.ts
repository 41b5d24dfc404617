/**
 * The door for people: what waits is recorded between two steps, durable before it counts as taken
 * up, and exactly once, since the event carries the name of what it took up.
 */
import type { EventDraft } from '../core/events.ts';
import { outsiderOf } from '../core/steering.ts';
import { consequencesOf } from './fold-steered.ts';
import type { Inbox, Waiting } from './inbox.ts';
import { admittedText } from './pinned.ts';
import { refusedSteering } from './refuse-steering.ts';
import { activeMs, launch, record, type Study } from './study.ts';
import { takeDecision } from './take-decision.ts';

/** People do not notice less, and looking costs a system call. */
export const LOOK_MS = 1_000;

export async function takeUp(study: Study): Promise<void> {
  const { inbox, state } = study;
  if (inbox === undefined) return;
  study.lookedAtMs = study.plan.clock.monotonicMs();
  for (const letter of await inbox.waiting()) {
    const { id } = letter;
    if (state.steering.ids.includes(id)) await inbox.taken(id);
    else await takeOne(study, inbox, letter);
  }
}

async function takeOne(study: Study, inbox: Inbox, letter: Waiting): Promise<void> {
  const { plan, state, ledger } = study;
  const { id, by, said } = letter;
  if (said.kind === 'approval') return takeDecision(study, inbox, { ...letter, said });
  const text = said.kind === 'pin' ? await admittedText(study, said.value.candidate) : undefined;
  const spent = { activeMs: activeMs(study) };
  const why = refusedSteering(plan, state, { said, by, spent, text });
  if (why !== undefined) return inbox.refuse(id, why);
  // Whoever is due at this fold asks first: after a crash the same trials are asked again before it.
  launch(study);
  const actor = outsiderOf(by).proposer;
  const body = { id, by, said, ...consequencesOf(plan, state, { said, text }) };
  record(study, { type: 'study.steered', actor, body }, ...closing({ by, said }, actor));
  await ledger.flush();
  await inbox.taken(id);
}

/** Durable with what was said, or not at all. */
function closing({ by, said }: Pick<Waiting, 'by' | 'said'>, actor: string): readonly EventDraft[] {
  if (said.kind !== 'close-incident') return [];
  return [{ type: 'incident.closed', actor, body: { ...said.value, by } }];
}

/** What still waits when the study has ended. */
export async function turnAway({ inbox, plan, state }: Study): Promise<void> {
  if (inbox === undefined || !state.closed) return;
  for (const { id, by, said } of await inbox.waiting()) {
    if (state.steering.ids.includes(id)) await inbox.taken(id);
    else {
      const why =
        said.kind === 'approval'
          ? undefined
          : refusedSteering(plan, state, { said, by, spent: { activeMs: 0 } });
      await inbox.refuse(id, why ?? 'The study has ended.');
    }
  }
}
