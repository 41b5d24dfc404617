/**
 * The tools, all of them: what everybody may read, and one that hands in a proposal. None approves, changes a gate
 * or a budget, or reads what is sealed, and there is no way to do so from here: they call src/app/outside alone.
 */
import { z } from 'zod';
import { readEvidenceOutside } from '../app/outside/evidence.ts';
import { readIncumbentOutside } from '../app/outside/incumbent.ts';
import { readLessonsOutside } from '../app/outside/lessons.ts';
import { knownStudy } from '../app/outside/place.ts';
import { proposalOutside, submitOutside } from '../app/outside/proposals.ts';
import { readFollowOnsOutside } from '../app/outside/read-follow-ons.ts';
import { listStudiesOutside, readStudyOutside } from '../app/outside/read-study.ts';
import { PacelineError } from '../core/errors.ts';
import { type Prediction, prediction } from '../core/prediction.ts';

export interface Caller {
  readonly root: string;
  /** What the program calls itself. */
  readonly client: string;
}

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodObject;
  /** Everything but a proposal. */
  readonly isReading: boolean;
  /** @param args What `input` let through. */
  call(caller: Caller, args: never): Promise<object>;
}

function tool<I extends z.ZodObject>(one: {
  readonly name: string;
  readonly description: string;
  readonly input: I;
  readonly isReading?: boolean;
  readonly call: (caller: Caller, args: z.infer<I>) => Promise<object>;
}): Tool {
  return { isReading: true, ...one };
}

const MOST_NAME = 128;
/** As much as a surface may hold. */
const MOST_CHARACTERS = 1024 * 1024;
const MOST_FILES = 256;
const MOST_TRIALS = 200;

const study = z.string().max(MOST_NAME).describe('Name of a study, as list_studies gives it.');
const onStudy = z.strictObject({ study });
const text = z.string().max(MOST_CHARACTERS);

export const TOOLS: readonly Tool[] = [
  tool({
    name: 'list_studies',
    description: 'The studies of this folder, oldest first: state, trials, promotions.',
    input: z.strictObject({}),
    call: async ({ root }) => ({ studies: await listStudiesOutside(root) }),
  }),
  tool({
    name: 'read_study',
    description:
      'Where a study stands: metric and goal, editable files, what is left of its budget, what it waits for, whether it takes proposals.',
    input: onStudy,
    call: ({ root }, args) => readStudyOutside(knownStudy(root, args.study)),
  }),
  tool({
    name: 'read_incumbent',
    description:
      'The candidate that leads now: its editable files and its diff from the origin. A long file is read on with file and offset.',
    input: onStudy.extend({
      file: z.string().max(1024).describe('One file of it, by its path.').optional(),
      offset: z.int().nonnegative().describe('Of that file, from this character on.').optional(),
    }),
    call: async ({ root }, args) => {
      const found = await readIncumbentOutside(knownStudy(root, args.study));
      return args.file === undefined ? found : oneFile(found, args.file, args.offset ?? 0);
    },
  }),
  tool({
    name: 'read_evidence',
    description:
      'What was tried and what is claimed: the latest trials of the search with their screens (noisy, they claim nothing), every promotion with its gain, interval and pairs. Public values only.',
    input: onStudy.extend({
      last: z.int().min(0).max(MOST_TRIALS).default(30).describe('Trials told one by one.'),
    }),
    call: ({ root }, args) => readEvidenceOutside(knownStudy(root, args.study), args.last),
  }),
  tool({
    name: 'read_lessons',
    description:
      'Notes that people left, what they ruled out, operators that led nowhere in this study, and lessons of earlier studies that it began with.',
    input: onStudy,
    call: ({ root }, args) => readLessonsOutside(knownStudy(root, args.study)),
  }),
  tool({
    name: 'submit_proposal',
    description:
      'Hands in a candidate: whole files, or a unified diff against the incumbent, with a hypothesis and the gain you predict. It takes the place of a proposal, is measured and judged like any other and believed no more; your prediction is recorded first, decides nothing and is shown beside what comes out.',
    isReading: false,
    input: onStudy.extend({
      files: z
        .record(z.string().max(1024), text)
        .refine((files) => Object.keys(files).length <= MOST_FILES, 'too many files')
        .describe('Whole texts by path. Editable files that you leave out are the incumbent’s.')
        .optional(),
      patch: text.describe('A unified diff against the incumbent’s files.').optional(),
      incumbent: z
        .string()
        .max(MOST_NAME)
        .describe('Id of the incumbent you wrote it against: refused where another leads by now.')
        .optional(),
      hypothesis: prediction.hypothesis.unwrap().describe('What you change, in a sentence.'),
      mechanism: prediction.mechanism.unwrap().describe('Why it should help.').optional(),
      predicted: z
        .number()
        .describe('The gain you expect in the metric’s unit; positive is better.'),
      // No tuple: some clients hand schemas on to models that do not take one.
      interval: z
        .array(z.number())
        .length(2)
        .describe('Between what you expect that gain to lie: the low end, then the high one.')
        .optional(),
    }),
    call: ({ root, client }, args) => {
      const { files, patch, incumbent } = args;
      const predicted = predictionOf(args);
      return submitOutside(knownStudy(root, args.study), {
        client,
        predicted,
        ...(files === undefined ? {} : { files }),
        ...(patch === undefined ? {} : { patch }),
        ...(incumbent === undefined ? {} : { incumbent }),
      });
    },
  }),
  tool({
    name: 'proposal_status',
    description: 'What became of a proposal: its trial, what was predicted and what was measured.',
    input: onStudy.extend({
      proposal: z.string().max(MOST_NAME).describe('As submit_proposal answered.'),
    }),
    call: ({ root }, args) => proposalOutside(knownStudy(root, args.study), args.proposal),
  }),
  tool({
    name: 'follow_ons',
    description:
      'What the engine proposed to try after promotions and surprises: a change taken back (ablate), the claim again on other cases (refute), the change in another candidate (transfer), the operator once more (extend). Each with what it predicts, what stands against it, what became of it, and how often its kind was right.',
    input: onStudy,
    call: ({ root }, args) => readFollowOnsOutside(knownStudy(root, args.study)),
  }),
];

function predictionOf(args: {
  readonly hypothesis: string;
  readonly mechanism?: string | undefined;
  readonly predicted: number;
  readonly interval?: readonly number[] | undefined;
}): Prediction {
  const { hypothesis, mechanism, predicted: expected, interval } = args;
  const [low, high] = interval ?? [];
  return {
    hypothesis,
    expected,
    ...(mechanism === undefined ? {} : { mechanism }),
    ...(low === undefined || high === undefined ? {} : { expectedInterval: [low, high] as const }),
  };
}

/** So much of a file in one answer. */
const PAGE = 24 * 1024;

function oneFile(
  { incumbent, untrusted }: Awaited<ReturnType<typeof readIncumbentOutside>>,
  file: string,
  offset: number,
) {
  const { files } = untrusted;
  if (!Object.hasOwn(files, file)) {
    throw new PacelineError(
      'USAGE',
      `The incumbent has no file ${JSON.stringify(file)}. It has: ${Object.keys(files).slice(0, 20).join(', ')}.`,
    );
  }
  const whole = files[file] ?? '';
  const page = whole.slice(offset, offset + PAGE);
  const next = offset + page.length;
  return {
    incumbent,
    file,
    offset,
    characters: whole.length,
    ...(next < whole.length ? { nextOffset: next } : {}),
    untrusted: { text: page },
  };
}
