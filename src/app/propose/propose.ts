/** The `human` proposer: an idea of a person, from an editor or from files, in the queue of all that is handed in. */
import { PacelineError } from '../../core/errors.ts';
import type { Prediction } from '../../core/prediction.ts';
import { BY_HUMAN } from '../../core/steering.ts';
import { applyDiff } from '../../source/apply-diff.ts';
import { programDiff } from '../../source/unified-diff.ts';
import type { Files } from '../../tasks/contract.ts';
import { type Base, incumbentOf, readHandWritten } from '../hand-written.ts';
import type { StudyPlace } from '../read-ledger.ts';
import { refuseFinished, type Steered, steerStudy, userName } from '../steer-study.ts';
import { type Draft, makeDraft } from './draft.ts';
import { type Idea, predictionFrom } from './idea.ts';

export interface ProposeRequest extends StudyPlace {
  readonly idea: Idea;
  /** Files and folders with what was written; empty: an editor is opened. */
  readonly paths: readonly string[];
  /** Lets a person edit these files. @throws PacelineError where that fails. */
  readonly edit: (paths: readonly string[]) => Promise<void>;
  readonly waitMs: number;
}

export interface Proposed extends Steered {
  readonly text: string;
  readonly predicted: Prediction;
}

/** Undefined where there is nothing to propose: nothing was changed, or the idea was emptied. */
export async function propose(request: ProposeRequest): Promise<Proposed | undefined> {
  const { root, id, paths, idea } = request;
  await refuseFinished(request);
  const base = await incumbentOf(request);
  // Said before an editor is opened: nobody writes a page to learn that the number was no number.
  const predicted = predictionFrom(idea, base.metric);
  if (paths.length === 0) return fromEditor(request, base);
  const text = await readHandWritten({ root, id, path: paths });
  if (text === (await base.candidateOf({}))) return undefined;
  return handIn(request, { text, predicted });
}

async function fromEditor(request: ProposeRequest, base: Base): Promise<Proposed | undefined> {
  const draft = makeDraft(request, base, request.idea);
  try {
    await request.edit(draft.paths);
    const written = await readDraft(request, draft, base);
    const proposed = written && (await handIn(request, written));
    draft.remove();
    return proposed;
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    throw keeping(error, draft, base);
  }
}

interface WrittenIdea {
  readonly text: string;
  readonly predicted: Prediction;
}

async function readDraft(
  place: StudyPlace,
  draft: Draft,
  base: Base,
): Promise<WrittenIdea | undefined> {
  const own: Files = draft.changed();
  const idea = draft.idea();
  if (Object.keys(own).length === 0 || idea === undefined) return undefined;
  const predicted = predictionFrom(idea, base.metric);
  const text = await base.candidateOf(own);
  const now = await incumbentOf(place);
  return { predicted, text: now.incumbent === base.incumbent ? text : await moved(own, base, now) };
}

/** What was promoted while somebody wrote is not taken back by what they wrote before. */
async function moved(own: Files, base: Base, now: Base): Promise<string> {
  const changes = programDiff({ files: base.files }, { files: { ...base.files, ...own } });
  const applied = applyDiff(now.files, changes.map(({ unified }) => unified).join(''));
  if ('files' in applied) return now.candidateOf(applied.files);
  throw new PacelineError(
    'USAGE',
    `While you wrote, ${now.incumbent} was promoted, and your change does not fit it. Begin again with paceline propose, from the new incumbent.`,
    { incumbent: now.incumbent },
  );
}

async function handIn(
  { root, id, waitMs }: ProposeRequest,
  { text, predicted }: WrittenIdea,
): Promise<Proposed> {
  const said = { kind: 'candidate', value: { text, ...predicted } } as const;
  const steered = await steerStudy({ root, id, said, by: BY_HUMAN + userName(), waitMs });
  return { ...steered, text, predicted };
}

/** An idea that is refused is not thrown away; one that was never written down leaves nothing. */
function keeping(error: PacelineError, draft: Draft, base: Base): PacelineError {
  if (isUntouched(draft, base)) {
    draft.remove();
    return error;
  }
  const { code, message, data } = error;
  const { folder } = draft;
  const kept = `${message} What you wrote is kept in ${folder}: mend it and hand it in with paceline propose --file ${folder}/files.`;
  return new PacelineError(code, kept, { ...data, kept: folder }, { cause: error });
}

function isUntouched(draft: Draft, base: Base): boolean {
  try {
    return Object.keys(draft.changed()).length === 0 && Object.keys(base.files).length > 0;
  } catch {
    return false;
  }
}
