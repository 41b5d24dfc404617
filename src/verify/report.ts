import type { Hash } from '../core/hash.ts';
import type { Checked, Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import type { Rule } from './steering-evidence.ts';

export interface VerifyReport {
  /** Everything was derived again and holds. False too where this release does not know the rule or a version. */
  readonly ok: boolean;
  /** Nothing is wrong as far as was looked, but part of it could not be looked at. */
  readonly isUnverified: boolean;
  /** Where the ledger ends: the text to note elsewhere is `seq:hash`. */
  readonly head: { readonly seq: number; readonly hash: Hash };
  /** Whether the ledger contains the head that was given from outside. */
  readonly anchor: 'contained' | 'missing' | 'not given';
  /** Roots that were given from a second place, and the last entry they are over. */
  readonly published?: { readonly roots: number; readonly to: number };
  /** The first altered entry is one of these, both included; absent where none was found. */
  readonly altered?: { readonly from: number; readonly to: number };
  readonly checked: Readonly<Checked>;
  /** By entry; the first hundred. */
  readonly findings: readonly Finding[];
  /** All of them, those not listed included. */
  readonly findingCount: number;
  /** What this verification could not see, in plain words. */
  readonly blind: readonly string[];
}

const ALWAYS_BLIND = [
  'whether the recorded values are what the evaluator returned, or would return again',
  'cases of probes and of repeated floor cases, and the order of the two halves of a pair: not recorded',
  'sizes and parents of candidates: taken as the proposers gave them',
  'whether the same proposals would be made again, or none was left: verify does not run the search',
  'times, costs and budgets: the ledger holds the hash of the config, not the config',
  'names, units, shares of arms, isolation and actors: taken as recorded, like the list of gates that did not run; who a person was who agreed is as they named themselves',
] as const;

export interface Sight {
  /** Heads, published roots or signatures from outside the ledger vouch for the entries up to this one; 0: for none. */
  readonly anchoredTo: number;
  /** Where the ledger ends. */
  readonly lastSeq: number;
  /** Why the records of the signing keys could not be read. */
  readonly withoutKeys: string | undefined;
  /** Undefined when nothing could be re-derived. */
  readonly study: Evidence | undefined;
  /** First entry after which decisions were not re-derived. */
  readonly lostAt: number | undefined;
  /** Too many cases for a repeat of one to mean anything. */
  readonly areRepeatsChance: boolean;
  /** The gate gave them, and the ledger does not hold them. */
  readonly lostAnswers: number;
}

export function blindSpots({ study, lostAt, ...sight }: Sight): string[] {
  const blind: string[] = [...unanchored(sight), ...ALWAYS_BLIND];
  if (lostAt !== undefined) blind.push(`decisions after entry ${lostAt}, which cannot be followed`);
  if (study === undefined) return blind;
  if (study.rule === undefined)
    blind.push('what the rule decided: this release does not know the rule');
  if (study.secretRoot === undefined) {
    blind.push(
      'whether confirm cases come from the committed secret: it is not revealed, or not the one committed to',
    );
  }
  if (study.holdout.ofGate.length > 0 && study.gateSecret === undefined) {
    blind.push('whether sealed cases come from the gatekeeper’s secret: it is not shown yet');
  }
  if (sight.areRepeatsChance) {
    blind.push('whether a repeated case number is reuse or chance: so many cases repeat by chance');
  }
  if (study.keyOf === undefined) {
    blind.push(
      'which candidates are one hypothesis: keys are taken as recorded, and are derived again for TypeScript and JavaScript files by the release that wrote them',
    );
  }
  blind.push(...behindTheGate(study, sight.lostAnswers), ...behindTheKeys(study, sight));
  if (study.reachOf === undefined && study.steering.rules.some(isAboutSource)) {
    blind.push(
      'whether candidates kept what people ruled about files, modules and privileges: derived again for TypeScript and JavaScript files by the release that wrote them',
    );
  }
  if (study.opened.followOns !== undefined && study.followOnReader === undefined) {
    blind.push(
      'which candidates follow-ons are, and what they predict: taken as recorded, and derived again for TypeScript and JavaScript files by the release that wrote them',
    );
  }
  const { archive, unchecked } = study.opened;
  if (archive?.use === 'map-elites') {
    blind.push('where candidates stand on the axes of the archive: taken as recorded');
  }
  if (unchecked.length > 0)
    blind.push(
      `what checks that stand before no promotion here would have found: ${unchecked.join(', ')} (paceline report says why, and which of them deep audits looked at)`,
    );
  return blind;
}

/** What fits a chain of hashes all the same: it says nothing of entries that nobody noted elsewhere. */
function unanchored({
  anchoredTo,
  lastSeq,
}: Pick<Sight, 'anchoredTo' | 'lastSeq'>): readonly string[] {
  const noted =
    'give a head noted elsewhere (--head) or the place where roots are published (--roots)';
  if (anchoredTo === 0) {
    return [
      `a cut end (entries taken away from the last one on), and a ledger rewritten as a whole with hashes that fit: nothing outside it was compared; ${noted}`,
    ];
  }
  if (anchoredTo >= lastSeq) return [];
  return [
    `a cut end or rewritten entries after entry ${anchoredTo}, the last that anything outside the ledger vouches for`,
  ];
}

/** Whose the signatures are. */
function behindTheKeys(
  { signing }: Evidence,
  {
    withoutKeys = 'their records are not here; published roots bring them (--roots)',
  }: Pick<Sight, 'withoutKeys'>,
): readonly string[] {
  if (!signing.isSigned) return [];
  if (signing.ring !== undefined) {
    return ['what whoever holds the signing key signed anew: keep roots where they cannot write'];
  }
  return [`whether the keys that signed are the gatekeeper’s: ${withoutKeys}`];
}

/** What only the gate's own record shows. */
function behindTheGate({ opened, gate }: Evidence, lostAnswers: number): readonly string[] {
  const isGone = 'the gate’s own record is not here';
  const isBits = opened.pool?.use === 'bit';
  return [
    ...(isBits && !gate
      ? [`what the pool gave, of which the ledger has the verdicts: ${isGone}`]
      : []),
    ...(opened.holdout && !gate
      ? [`what the sealed hold-out gave, and how often it was asked: ${isGone}`]
      : []),
    ...(lostAnswers > 0
      ? [
          `${lostAnswers} answers of the gate that are not in this ledger: it goes on from an older copy`,
        ]
      : []),
  ];
}

function isAboutSource(rule: Rule): boolean {
  if (rule.kind !== 'constraint') return false;
  const { maxSize: _, ...rest } = rule.value;
  return Object.values(rest).some((part) => part !== undefined);
}
