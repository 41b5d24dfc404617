/** The promises of the archive contract as tests, for every driver, ours and yours. */
import assert from 'node:assert/strict';
import type { Archive, Elite } from '../archives/contract.ts';
import { sha256 } from '../core/hash.ts';
import { type OfferShape, offers, type Rehearsed, rehearse, seenOf } from './archive-rehearsal.ts';
import type { Suite } from './suite.ts';

export interface ArchiveSubject extends OfferShape {
  /** A fresh instance; all instances are the same archive. */
  readonly create: () => Archive;
  /** Elites it may hold (included), copies counted once for each. */
  readonly limit: number;
}

/** Enough to fill every archive of a test and to push elites out again. */
const OFFERS = 600;

export function archiveConformance(suite: Suite, subject: ArchiveSubject): void {
  const law = (name: string, check: (subject: ArchiveSubject) => void): void =>
    suite.test(name, async () => check(subject));
  law('every study begins with the same empty state, its own', emptyAtFirst);
  law('some are admitted and some are refused', choosesAtAll);
  law('admits changes nothing and says the same twice', admitsIsPure);
  law('admission claims nothing: elites come back as they were offered', claimsNothing);
  law('what was admitted rebuilds the state', rebuilds);
  law('it never holds more than its limit', isBounded);
  law('what is dropped is gone, and nothing else is', dropsOne);
  law('what is measured again counts for that elite, and for nothing else', measuresOne);
  law('in doubt is the best with too little behind it', doubtsTheBest);
  law('a view is a snapshot', viewsStay);
  law('looking changes nothing', looksOnly);
  law('a pick depends on state and stream alone', picksRepeat);
  law('a state is plain data: its copy goes on alike', copiesGoOn);
}

function emptyAtFirst({ create, measures }: ArchiveSubject): void {
  const archive = create();
  const [first, second] = [archive.init(), archive.init()];
  assert.deepEqual(first, second);
  assert.deepEqual(seenOf(archive, first), seenOf(archive, second));
  assert.ok(seenOf(archive, first).every(({ size, best, picks }) => size === 0 && !best && !picks));
  const untouched = structuredClone(second);
  for (const elite of offers({ measures }, OFFERS)) {
    if (archive.admits(first, elite)) archive.add(first, elite);
  }
  assert.deepEqual(second, untouched, 'another study sees what was added to the first');
  assert.deepEqual(archive.init(), untouched, 'the next study does not begin empty');
}

function choosesAtAll(subject: ArchiveSubject): void {
  const { steps } = rehearse(subject, OFFERS);
  const admitted = steps.filter((step) => step.admitted).length;
  assert.ok(admitted > 0 && admitted < steps.length, `${admitted} of ${steps.length} admitted`);
}

function admitsIsPure({ create, measures }: ArchiveSubject): void {
  const archive = create();
  const state = archive.init();
  for (const elite of offers({ measures }, OFFERS)) {
    const before = structuredClone(state);
    const admitted = archive.admits(state, elite);
    assert.equal(archive.admits(state, elite), admitted);
    assert.deepEqual(state, before);
    if (admitted) archive.add(state, elite);
  }
}

function claimsNothing(subject: ArchiveSubject): void {
  const { archive, state, steps } = rehearse(subject, OFFERS);
  const offered = new Map(offers(subject, OFFERS).map((elite) => [elite.id, elite]));
  for (const { elite } of steps) assert.deepEqual(elite, offered.get(elite.id), 'it wrote to one');
  for (const { best, picks } of seenOf(archive, state)) {
    for (const elite of [best, ...(picks ?? [])]) {
      assert.ok(elite, 'an archive that is not empty shows an elite');
      assert.deepEqual(elite, offered.get(elite.id));
      assert.ok((best as Elite).score >= elite.score, 'an elite is better than the best');
    }
  }
}

/** As resuming and verify do: another instance, given the admitted ones and nothing else. */
function rebuilds(subject: ArchiveSubject): void {
  const { archive, state, steps } = rehearse(subject, OFFERS);
  const again = subject.create();
  const rebuilt = again.init();
  for (const { elite, admitted } of steps) {
    if (admitted) again.add(rebuilt, structuredClone(elite));
  }
  assert.deepEqual(rebuilt, state);
  assert.deepEqual(seenOf(again, rebuilt), seenOf(archive, state));
}

function isBounded(subject: ArchiveSubject): void {
  const { archive } = rehearse(subject, 0);
  const state = archive.init();
  for (const elite of offers(subject, OFFERS)) {
    if (archive.admits(state, elite)) archive.add(state, elite);
    const held = elitesIn(state);
    assert.ok(held <= subject.limit, `${held} elites, at most ${subject.limit}`);
  }
}

function elitesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (value instanceof Map || value instanceof Set) return elitesIn([...value.values()]);
  if ('id' in value && 'score' in value) return 1;
  return Object.values(value).reduce((sum: number, part) => sum + elitesIn(part), 0);
}

function dropsOne(subject: ArchiveSubject): void {
  const { archive, state } = rehearse(subject, OFFERS);
  const kept = offers(subject, OFFERS).filter(({ id }) => archive.find(state, id));
  assert.ok(kept.length > 1, 'nothing is kept, so nothing can be dropped');
  for (const elite of kept) assert.deepEqual(archive.find(state, elite.id), elite);
  const [gone, ...others] = kept as [Elite, ...Elite[]];
  archive.drop(state, gone.id);
  assert.equal(archive.find(state, gone.id), undefined);
  for (const { id } of others) assert.ok(archive.find(state, id), 'another left with it');
  const shown = seenOf(archive, state).flatMap(({ best, picks }) => [best, ...(picks ?? [])]);
  assert.ok(
    shown.every((elite) => elite?.id !== gone.id),
    'a dropped elite is still shown',
  );
  const before = structuredClone(state);
  archive.drop(state, gone.id);
  assert.deepEqual(state, before, 'dropping what is not there changes it');
}

function measuresOne(subject: ArchiveSubject): void {
  const { archive, state } = rehearse(subject, OFFERS);
  const view = archive.view(state, 0);
  const look = (): unknown => seenOf({ ...archive, view: () => view }, state);
  const [before, whole] = [look(), structuredClone(state)];
  archive.remeasured(state, sha256('nobody'), [1]);
  assert.deepEqual(state, whole, 'measuring what is not there changes it');
  const best = view.best() as Elite;
  const others = offers(subject, OFFERS).filter(
    ({ id }) => id !== best.id && archive.find(state, id),
  );
  archive.remeasured(state, best.id, [best.score]);
  assert.deepEqual(archive.find(state, best.id), { ...best, n: best.n + 1 });
  for (const elite of others) assert.deepEqual(archive.find(state, elite.id), elite);
  archive.remeasured(state, best.id, [FAR_BELOW]);
  const found = archive.find(state, best.id);
  const worth = (best.score * 2 + FAR_BELOW) / 3;
  assert.ok(!found || (found.n === 3 && Math.abs(found.score - worth) < 1e-6), 'it was luck');
  assert.notEqual(archive.view(state, 0).best()?.id, best.id, 'the order is as it was');
  assert.deepEqual(look(), before, 'an earlier view shows it');
}

/** A value no elite of a rehearsal comes near. */
const FAR_BELOW = -10_000;

function doubtsTheBest(subject: ArchiveSubject): void {
  const { archive, state } = rehearse(subject, OFFERS);
  const whole = structuredClone(state);
  for (const trial of [0, 1, 2, 3, 4, 5, 6, 7]) {
    assert.equal(archive.doubtful(state, trial, 1), undefined, 'all have one evaluation');
    assert.deepEqual(archive.doubtful(state, trial, 2), archive.view(state, trial).best());
  }
  assert.deepEqual(state, whole, 'asking changes it');
  const first = archive.doubtful(state, 0, 2) as Elite;
  archive.remeasured(state, first.id, [first.score]);
  const second = archive.doubtful(state, 0, 2);
  assert.ok(
    second && second.id !== first.id && second.n === 1,
    'it has enough, and is asked again',
  );
}

function viewsStay(subject: ArchiveSubject): void {
  const archive = subject.create();
  const state = archive.init();
  const taken: { readonly look: () => unknown; readonly before: unknown }[] = [];
  for (const elite of offers(subject, OFFERS)) {
    if (archive.admits(state, elite)) archive.add(state, elite);
    if (elite.trial % 50 !== 0) continue;
    const view = archive.view(state, elite.trial);
    const look = (): unknown => seenOf({ ...archive, view: () => view }, state);
    taken.push({ look, before: look() });
  }
  for (const { look, before } of taken) assert.deepEqual(look(), before);
}

function looksOnly(subject: ArchiveSubject): void {
  const { archive, state } = rehearse(subject, OFFERS);
  const before = structuredClone(state);
  seenOf(archive, state);
  assert.deepEqual(state, before);
}

function picksRepeat(subject: ArchiveSubject): void {
  const { archive, state }: Rehearsed = rehearse(subject, OFFERS);
  const first = seenOf(archive, state);
  assert.deepEqual(seenOf(archive, state), first);
  const kinds = new Set(first.flatMap(({ picks }) => picks ?? []).map(({ id }) => id));
  assert.ok(kinds.size > 1, 'it picks the same elite whatever the stream');
}

function copiesGoOn(subject: ArchiveSubject): void {
  const { archive, state } = rehearse(subject, OFFERS / 2);
  const copy = structuredClone(state);
  assert.deepEqual(copy, state);
  for (const elite of offers(subject, OFFERS).slice(OFFERS / 2)) {
    const admitted = archive.admits(state, elite);
    assert.equal(archive.admits(copy, elite), admitted);
    if (!admitted) continue;
    archive.add(state, elite);
    archive.add(copy, elite);
  }
  assert.deepEqual(copy, state);
  assert.deepEqual(seenOf(archive, copy), seenOf(archive, state));
}
