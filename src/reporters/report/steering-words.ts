/** What a person said, in words: on the terminal, in the report and where it is listed. */
import type { Constraint } from '../../core/constraint.ts';
import { sha256 } from '../../core/hash.ts';
import { said as spoken } from '../../core/said.ts';
import { usdOf } from '../../core/spend.ts';
import { outsiderOf, type Steering } from '../../core/steering.ts';
import { countText, durationText, shortHash } from './number-text.ts';

/** `by`: who says so, where that changes the words. */
export function steeringWords(said: Steering, by = ''): string {
  switch (said.kind) {
    case 'note':
      return `note: ${said.value}`;
    case 'veto':
      return said.value.what === 'candidate'
        ? `veto of candidate ${shortHash(said.value.candidate)}`
        : `veto of the ${said.value.what} ${said.value.name}`;
    case 'budget':
      return `budget: ${limitWords(said.value).join(', ')}`;
    case 'candidate':
      return candidateWords(said.value, by);
    case 'constraint':
      return `constraint: ${constraintWords(said.value).join('; ')}`;
    case 'lift':
      return `lift of ${said.value.steering}`;
    case 'close-incident':
      return `incident ${said.value.incident} closed: ${said.value.reason}`;
    case 'pin':
    case 'unpin':
      return `${said.kind} of candidate ${shortHash(said.value.candidate)}`;
  }
}

function candidateWords(
  { text, hypothesis }: Extract<Steering, { readonly kind: 'candidate' }>['value'],
  by: string,
): string {
  const words = `${outsiderOf(by).operator} candidate ${shortHash(sha256(text))}`;
  return hypothesis === undefined ? words : `${words}: ${spoken(hypothesis)}`;
}

function constraintWords({ maxSize, only, not, noImports, noPrivileges }: Constraint) {
  const named = (words: string, names: readonly string[] | undefined): readonly string[] =>
    names ? [`${words} ${names.join(', ')}`] : [];
  return [
    ...(maxSize === undefined ? [] : [`size at most ${countText(maxSize)}`]),
    ...named('changes of', only).map((one) => `${one} only`),
    ...named('no change of', not),
    ...named('no new import of', noImports),
    ...named('no new privilege:', noPrivileges),
  ];
}

function limitWords({
  wallMs,
  trials,
  evals,
  requests,
  tokens,
  microUsd,
}: Extract<Steering, { readonly kind: 'budget' }>['value']): readonly string[] {
  return [
    ...(wallMs === undefined ? [] : [`${durationText(wallMs)} of active time`]),
    ...(trials === undefined ? [] : [`${countText(trials)} trials`]),
    ...(evals === undefined ? [] : [`${countText(evals)} evaluations`]),
    ...(requests === undefined ? [] : [`${countText(requests)} calls to models`]),
    ...(tokens === undefined ? [] : [`${countText(tokens)} tokens`]),
    ...(microUsd === undefined ? [] : [`${usdOf(microUsd)} USD`]),
  ];
}
