/** What the A/A arm has to say: the origin challenged itself, so every acceptance is a false alarm. */

export interface SelfChallenges {
  /** Concluded confirms of the unchanged origin. */
  readonly confirms: number;
  readonly accepted: number;
}

export function alarmWords({ confirms, accepted }: SelfChallenges): string {
  if (accepted > 0) {
    return `the A/A arm was accepted: something in the evaluator breaks exchangeability (${accepted} of ${confirms} confirms of the unchanged origin)`;
  }
  return confirms === 0
    ? 'the A/A arm raised no alarm: no copy of the origin got as far as a confirm'
    : `the A/A arm raised no alarm: none of ${confirms} confirms of the unchanged origin was accepted`;
}
