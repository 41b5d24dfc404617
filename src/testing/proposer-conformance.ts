/** The promises of the proposer contract as tests, for every driver, ours and yours. */
import assert from 'node:assert/strict';
import type { AskRequest, Draft, Proposer } from '../proposers/contract.ts';
import type { TaskKind } from '../tasks/contract.ts';
import { askOf, type Probed, type Rehearsal, rehearse, tellOf } from './proposer-rehearsal.ts';
import { lawOrReason, type Suite } from './suite.ts';

/** Whatever is a text instead of a subject is the reason why that law cannot apply. */
export interface ProposerSubject {
  /** A fresh instance; all instances are the same proposer. */
  readonly create: () => Proposer;
  readonly kind: TaskKind;
  /** Oriented score on the case of a seed, null where the text has none. Pure. */
  readonly score: (text: string, seed: number) => number | null;
  /** Nodes of a text, where `size` of a draft is that number. */
  readonly nodes: { readonly count: (text: string) => number } | string;
  /** Why it proposes one text again and again as new hypotheses, where it does. */
  readonly repeats?: string;
  /** Of each rehearsal, at least 4: fewer where a draft takes long. Default 24. */
  readonly trials?: number;
}

/** Enough for a proposer to have learnt and for its archive to hold something. */
const TRIALS = 24;

const trialsOf = ({ trials = TRIALS }: ProposerSubject): number => trials;
const rehearsed = (subject: ProposerSubject): Promise<Rehearsal> =>
  rehearse(subject, trialsOf(subject));

const CANDIDATE_ID = /^sha256:[0-9a-f]{64}$/;

export function proposerConformance(suite: Suite, subject: ProposerSubject): void {
  askLaws(suite, subject);
  draftLaws(suite, subject);
  tellLaws(suite, subject);
  horizonLaws(suite, subject);
  probeLaws(suite, subject);
}

function askLaws(suite: Suite, subject: ProposerSubject): void {
  suite.test('ask leaves the state as it was', async () => {
    const { proposer, steps } = await rehearsed(subject);
    for (const { state, request } of steps) {
      const before = structuredClone(state);
      await proposer.ask(state, request());
      assert.deepEqual(state, before);
    }
  });
  suite.test('the same state and stream give the same draft, alone or beside others', async () => {
    const { proposer, steps } = await rehearsed(subject);
    if (!proposer.traits.repeatable) return;
    const together = await Promise.all(
      steps.map(({ state, request }) => proposer.ask(state, request())),
    );
    for (const [i, { state, request, draft }] of steps.entries()) {
      assert.deepEqual(await subject.create().ask(state, request()), draft);
      assert.deepEqual(together[i], draft);
    }
  });
  lawOrReason(suite, 'trials differ', {
    needs: subject.repeats ?? subject,
    law: async (varied) => {
      const texts = new Set((await rehearsed(varied)).steps.map(({ draft }) => draft.text));
      assert.ok(texts.size > 1, `all drafts were ${[...texts][0]}`);
    },
  });
  lawOrReason(suite, 'who is used up has only what was settled', {
    needs: subject.repeats ?? subject,
    law: async (varied) => {
      const { proposer, steps } = await rehearsed(varied);
      for (const { state, request, draft } of steps) {
        const { seen } = request();
        if (proposer.isExhausted?.(state, seen)) assert.ok(seen(draft.key), draft.text);
      }
    },
  });
  suite.test('when everything has been seen there is still a draft', async () => {
    const { proposer, steps } = await rehearsed(subject);
    for (const { state, request } of steps) {
      checkDraft(await proposer.ask(state, { ...request(), seen: () => true }));
    }
  });
}

function draftLaws(suite: Suite, subject: ProposerSubject): void {
  const { kind } = subject;
  suite.test('a draft is complete', async () => {
    for (const draft of await draftsOf(subject)) checkDraft(draft);
  });
  suite.test('a draft is a candidate of the task kind, in canonical form', async () => {
    for (const { text, noCandidate } of await draftsOf(subject)) {
      if (noCandidate === undefined) assert.equal(kind.fromFiles(kind.toFiles(text)), text);
    }
  });
  lawOrReason(suite, 'one text has one key', {
    needs: subject.repeats ?? subject,
    law: async (varied) => {
      const keys = new Map<string, string>();
      for (const { text, key } of await draftsOf(varied)) {
        assert.equal(keys.get(text) ?? key, key);
        keys.set(text, key);
      }
    },
  });
  lawOrReason(suite, 'size is the number of nodes', {
    needs: subject.nodes,
    law: async ({ count }) => {
      for (const { text, size, noCandidate } of await draftsOf(subject)) {
        if (noCandidate === undefined) assert.equal(size, count(text));
      }
    },
  });
}

function tellLaws(suite: Suite, subject: ProposerSubject): void {
  const { create } = subject;
  suite.test('every study begins with the same state', async () => {
    const proposer = create();
    assert.deepEqual(proposer.init(), proposer.init());
    assert.deepEqual(create().init(), proposer.init());
  });
  suite.test('tell leaves the old state as it was', async () => {
    const { proposer, steps } = await rehearsed(subject);
    for (const { state, told } of steps) {
      const before = structuredClone(state);
      proposer.tell(state, told());
      assert.deepEqual(state, before);
    }
  });
  suite.test('the record alone rebuilds every state', async () => {
    const { steps, end } = await rehearsed(subject);
    const other = create();
    const rebuilt = steps.reduce((state, { state: recorded, told }) => {
      assert.deepEqual(state, recorded);
      return other.tell(state, told());
    }, other.init());
    assert.deepEqual(rebuilt, end);
  });
  suite.test('a state is plain data: its copy goes on alike', async () => {
    const { proposer, steps } = await rehearsed(subject);
    for (const { state, request, draft, told } of steps) {
      const copy = structuredClone(state);
      assert.deepEqual(copy, state);
      if (proposer.traits.repeatable) assert.deepEqual(await proposer.ask(copy, request()), draft);
      assert.deepEqual(proposer.tell(copy, told()), proposer.tell(state, told()));
    }
  });
  suite.test('trials without a score do no harm', () => unscoredLaw(subject));
}

/** Crashes, time-outs and duplicates, all with the whole record of a trial that found nothing. */
async function unscoredLaw(subject: ProposerSubject): Promise<void> {
  const nothing = { ...subject, score: () => null };
  const { proposer, steps, end } = await rehearsed(nothing);
  let state = end;
  for (const { draft, trial } of steps) {
    for (const outcome of ['crashed', 'timeout', 'duplicate']) {
      const evals = outcome === 'duplicate' ? 0 : 1;
      const told = { outcome, gain: null, evals, admitted: false };
      state = proposer.tell(state, tellOf(draft, trial, told)());
    }
  }
  checkDraft(
    await proposer.ask(state, askOf(nothing, { trial: trialsOf(subject), elites: [] }).request),
  );
}

function horizonLaws(suite: Suite, subject: ProposerSubject): void {
  suite.test('a control sees neither the archive nor what was learnt', async () => {
    const { proposer, steps, end, elites } = await rehearsed(subject);
    const state = proposer.init();
    for (const { trial } of steps) {
      const control = (known: Rehearsal['elites']): AskRequest => ({
        ...askOf(subject, { trial, elites: known }).request,
        fromOrigin: true,
      });
      const naive = await proposer.ask(state, control([]));
      assert.deepEqual(await proposer.ask(end, control(elites)), naive);
      checkDraft(naive);
    }
  });
  suite.test('who picks from the archive says that it breeds', () => breedingLaw(subject));
  suite.test('ask reads the archive before its first await and never later', async () => {
    const { proposer, steps, elites } = await rehearsed(subject);
    assert.ok(elites.length > 0, 'the rehearsal has filled its archive');
    for (const { state, request } of steps) {
      const free = await proposer.ask(state, request());
      const door = { open: true };
      const draft = proposer.ask(state, behind(door, request()));
      door.open = false;
      assert.deepEqual(await draft, free);
    }
  });
}

/** What a person pins reaches proposers that pick, so the loop has to know which those are. */
async function breedingLaw(subject: ProposerSubject): Promise<void> {
  const { proposer, steps } = await rehearsed(subject);
  let picks = 0;
  for (const { state, request } of steps) {
    const { archive, ...rest } = request();
    const pick: typeof archive.pick = (rng) => {
      picks += 1;
      return archive.pick(rng);
    };
    await proposer.ask(state, { ...rest, archive: { ...archive, pick } });
  }
  const { breeds = false } = proposer.traits;
  assert.equal(picks > 0, breeds, `${picks} picks from the archive, and breeds is ${breeds}`);
}

/** The same request, whose view of the fold ends when the door is closed. */
function behind(door: { readonly open: boolean }, request: AskRequest): AskRequest {
  const { archive, seen } = request;
  const pass = <T>(value: () => T): T => {
    assert.ok(door.open, 'the fold was read after the first await');
    return value();
  };
  return {
    ...request,
    seen: (key) => pass(() => seen(key)),
    archive: {
      get size() {
        return pass(() => archive.size);
      },
      best: () => pass(() => archive.best()),
      pick: (rng) => pass(() => archive.pick(rng)),
    },
  };
}

function probeLaws(suite: Suite, subject: ProposerSubject): void {
  const law = async (check: (draft: Draft, probed: readonly Probed[]) => void): Promise<void> => {
    const { proposer, steps } = await rehearsed(subject);
    for (const { trial, state } of steps) {
      for (const fromOrigin of [false, true]) {
        const { request, probed } = askOf(subject, { trial, elites: [] });
        check(await proposer.ask(state, { ...request, fromOrigin }), probed);
      }
    }
  };
  suite.test('probes of a trial are numbered from 0 and none is empty', () =>
    law((_, probed) => {
      assert.deepEqual(
        probed.map(({ round }) => round),
        probed.map((_probe, i) => i),
      );
      assert.ok(probed.every(({ texts }) => texts.length > 0));
    }),
  );
  suite.test('a draft keeps the score of every probe, in order', () =>
    law((draft, probed) => {
      assert.deepEqual(
        draft.probe ?? [],
        probed.flatMap(({ scores }) => scores),
      );
    }),
  );
  suite.test('what is probed is canonical', () =>
    law((_, probed) => {
      const { kind } = subject;
      // Each once: a text of many numbers takes milliseconds to read.
      for (const text of new Set(probed.flatMap(({ texts }) => texts))) {
        assert.equal(kind.fromFiles(kind.toFiles(text)), text);
      }
    }),
  );
}

async function draftsOf(subject: ProposerSubject): Promise<readonly Draft[]> {
  return (await rehearsed(subject)).steps.map(({ draft }) => draft);
}

function checkDraft(draft: Draft): void {
  const { text, operator, key, considered, size, parents, evals = 0, noCandidate } = draft;
  assert.ok(operator.length > 0 && key.length > 0);
  assert.ok(Number.isInteger(considered) && considered >= 1, `${considered} considered`);
  if (noCandidate === undefined) {
    assert.ok(text.length > 0);
    assert.ok(Number.isInteger(size) && size >= 1, `size ${size}`);
  } else {
    assert.ok(noCandidate.length > 0, 'there is no candidate, and no reason');
    assert.deepEqual({ text, size }, { text: '', size: 0 });
  }
  assert.ok(Number.isInteger(evals) && evals >= 0, `${evals} evaluations`);
  for (const parent of parents) assert.match(parent, CANDIDATE_ID);
}
