/**
 * Roots of the ledger: after each promotion of the main arm and before the end, the entries since the last
 * root get a Merkle root, which the gatekeeper signs and a second place keeps. A place that does not
 * answer stops nothing: the ledger says so, and all roots are published again with the next.
 */
import type { Hash } from '../core/hash.ts';
import { merkleRoot } from '../core/merkle.ts';
import type { SignedRoot } from '../core/published-roots.ts';
import { statementOf } from '../core/statement.ts';
import type { RootKeeper, SecondPlace } from './second-place.ts';
import { record, type Study } from './study.ts';

type Rooted = Pick<Study, 'plan' | 'ledger' | 'state'>;

/**
 * Signs the root over all entries since the last one, records it, and publishes all there are.
 * @throws PacelineError what `sign` throws: without a signature a study does not go on.
 */
export async function keepRoot(study: Study, { signer, place }: RootKeeper): Promise<void> {
  const root = await signRoot(study, signer);
  if (root === undefined) return;
  record(study, { type: 'root.signed', actor: 'gate', body: root });
  await study.ledger.flush();
  if (place === undefined) return;
  const failed = await whyUnpublished(study, place);
  record(study, {
    type: 'root.published',
    actor: 'engine',
    body: { generation: root.generation, place: place.name, ...(failed ? { failed } : {}) },
  });
  await study.ledger.flush();
}

/**
 * After the closing entry, which is the last of a ledger: a root over what no root is over yet is signed
 * and kept in the second place alone. @returns why that could not be done, if so.
 */
export async function publishEnd(
  study: Study,
  { signer, place }: RootKeeper,
): Promise<string | undefined> {
  if (place === undefined) return undefined;
  try {
    return await whyUnpublished(study, place, await signRoot(study, signer));
  } catch (error) {
    return wordsOf(error);
  }
}

/** Undefined where nothing was written since the last root. */
async function signRoot(
  study: Rooted,
  signer: RootKeeper['signer'],
): Promise<SignedRoot | undefined> {
  await study.ledger.flush();
  const last = (await signedRoots(study)).at(-1);
  const from = (last?.to ?? 0) + 1;
  const entries = await hashesAfter(study, from - 1);
  if (entries.length === 0) return undefined;
  const to = from + entries.length - 1;
  const { key } = await signer.join(undefined);
  const generation = (last?.generation ?? 0) + 1;
  const body = { generation, from, to, root: merkleRoot(entries), key };
  const decision = { study: study.plan.opened.secretCommit, type: 'root.signed', body };
  return { ...body, ...(await signer.sign(statementOf(decision))) };
}

/** Undefined where it is published. `more`: a root that is not in the ledger. */
async function whyUnpublished(
  study: Study,
  place: SecondPlace,
  more?: SignedRoot,
): Promise<string | undefined> {
  try {
    const roots = [...(await signedRoots(study)), ...(more ? [more] : [])];
    const entries = (await hashesAfter(study, 0)).slice(0, roots.at(-1)?.to);
    const commit = study.plan.opened.secretCommit;
    await place.publish({ commit, roots, entries }, study.stepAbort.signal);
    return undefined;
  } catch (error) {
    return wordsOf(error);
  }
}

async function signedRoots({ ledger }: Rooted): Promise<readonly SignedRoot[]> {
  const roots: SignedRoot[] = [];
  for await (const page of ledger.read(0, { types: ['root.signed'] })) {
    for (const event of page) if (event.type === 'root.signed') roots.push(event.body);
  }
  return roots;
}

async function hashesAfter({ ledger }: Rooted, after: number): Promise<readonly Hash[]> {
  const hashes: Hash[] = [];
  for await (const page of ledger.rows(after)) hashes.push(...page.map(({ hash }) => hash));
  return hashes;
}

/** For the ledger, which is read where nobody sees what the place printed. */
const MOST_WORDS = 300;

function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return words.slice(0, MOST_WORDS) || 'it gave no reason';
}
