/** The sample of promotions that are audited at once, drawn again from the secret that the gatekeeper reveals. */
import { secretRoot } from '../core/rng.ts';
import { sampleOf } from '../pace/suspicion.ts';
import type { Complain } from './evidence.ts';
import type { GateEvidence } from './holdout-evidence.ts';

export function checkSamples(
  { entries }: Pick<GateEvidence, 'entries'>,
  secret: string,
  complain: Complain,
): void {
  const verdicts = entries.filter((one) => one.kind === 'verdict');
  const root = secretRoot(secret);
  verdicts.forEach(({ entry, body }, at) => {
    const before = verdicts.slice(0, at).map((one) => one.body);
    const due = sampleOf(before, body, root);
    if (body.sampled === due) return;
    const [is, should] = [body.sampled, due].map((one) => one ?? 'not at once');
    complain(
      'gate',
      `Entry ${entry} of the gate's record is chosen for an audit: ${is}; by chance and suspicion it is: ${should}.`,
    );
  });
}
