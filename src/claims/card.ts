import {
  type Claim,
  claimSentence,
  effectText,
  pairsText,
  shortNumber,
  type TestedClaim,
} from './claim.ts';

/** The one presentation of a claim; terminal, report and dashboard only lay it out. */
export interface ClaimCard {
  readonly title: string;
  readonly verdict: Claim['verdict'];
  readonly lines: readonly string[];
}

/** Characters of a hash that people compare. */
const SHORT_HASH = 12;
/** Beyond e^700 a double overflows; the card then says "more than". */
const LARGEST_LOG = 700;

export function claimCard(claim: Claim): ClaimCard {
  const lines = [
    claimSentence(claim),
    ...evidenceLines(claim),
    `population: ${claim.population}; equal ${claim.budgetUnit} on both sides`,
    `rule: ${claim.method}, fixed before the first trial, ${shortHash(claim.ruleHash)}`,
    ...claim.notes.map((note) => `note: ${note}`),
    ...(claim.expiry === undefined ? [] : [`measure again after ${claim.expiry}`]),
  ];
  return { title: `${claim.subject} against ${claim.against}`, verdict: claim.verdict, lines };
}

function evidenceLines(claim: Claim): readonly string[] {
  if (claim.method === 'exact') {
    const size = `${shortNumber(claim.tolerance)} ${claim.unit}`;
    return [`evidence: exact, no error budget spent; more than ${size} needed`];
  }
  const isSizeUnsaid = claim.verdict !== 'accepted' && claim.blockPairs > 0;
  const size = isSizeUnsaid ? [`measured: ${effectText(claim)}`] : [];
  return [evidenceLine(claim), ...size];
}

/** `evidence: 58 after 9 pairs, 41 needed (level 0.0247)`. */
function evidenceLine({ logE, alpha, n }: TestedClaim): string {
  if (logE === undefined) {
    return `evidence: the whole pool of ${n} pairs, ${shortNumber(1 / alpha)} needed (level ${shortNumber(alpha)}); how far it went stays with the gate`;
  }
  const reached = logE > LARGEST_LOG ? 'more than 1e304' : shortNumber(Math.exp(logE));
  return `evidence: ${reached} after ${pairsText(n)}, ${shortNumber(1 / alpha)} needed (level ${shortNumber(alpha)})`;
}

function shortHash(hash: string): string {
  return hash.replace('sha256:', '').slice(0, SHORT_HASH);
}
