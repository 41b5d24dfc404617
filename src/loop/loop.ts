/**
 * The loop. Trials are proposed and measured in the background, as far ahead as the lookahead lets
 * them; in the foreground one step after another is decided from the fold and carried out, so the
 * order of events never depends on who finished first.
 */
import { beginAudit } from './audits.ts';
import { breathe } from './breathe.ts';
import { decide } from './decide.ts';
import { perform } from './perform.ts';
import { announce, show, shownMeanwhile } from './show.ts';
import { endSearch, inputs, launch, type Study } from './study.ts';
import { takeUp, turnAway } from './take-up.ts';

/**
 * Runs until the study closes or someone asks it to pause. Whatever ends it, what was recorded is
 * durable when this returns or throws.
 */
export async function runLoop(study: Study): Promise<void> {
  try {
    for (;;) {
      await breathe(study);
      launch(study);
      beginAudit(study);
      const step = decide(study.plan, study.state, inputs(study));
      if (step.do === 'leave') {
        if (step.why === 'approval' && (await hasHeard(study))) continue;
        study.waitsForApproval = step.why === 'approval';
        return;
      }
      announce(study, step);
      await shownMeanwhile(study, perform(study, step)).catch((error) =>
        leaveIfAsked(study, error),
      );
    }
  } finally {
    await endSearch(study);
    await study.ledger.flush();
    await turnAway(study);
    show(study);
  }
}

/** Whoever waits for people looks once more before it leaves. */
async function hasHeard(study: Study): Promise<boolean> {
  const { seq } = study.state;
  await takeUp(study);
  return study.state.seq > seq;
}

/** A step that our own signal cut short, because somebody asked, is no failure; all else is. */
function leaveIfAsked({ searchAbort, stepAbort }: Study, error: unknown): void {
  const reasons = [searchAbort, stepAbort].flatMap(({ signal }) =>
    signal.aborted ? [signal.reason] : [],
  );
  const cause = error instanceof Error ? error.cause : undefined;
  if (!reasons.includes(error) && !reasons.includes(cause)) throw error;
}
