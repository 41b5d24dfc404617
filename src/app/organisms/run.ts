/**
 * Organisms of the corpus, deceivers planted with a known truth and strength, before the gate: once at the floor
 * of checks, as any candidate, and then, as if they had been let through, looked at as an incumbent is.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Divergence, divergenceOf, type IntentLook } from '../../claims/divergence.ts';
import { PacelineError } from '../../core/errors.ts';
import { contentId, sha256 } from '../../core/hash.ts';
import { publicRoot } from '../../core/rng.ts';
import { allOrNone } from '../../gatekeeper/all-or-none.ts';
import { examine } from '../../gatekeeper/examine.ts';
import { intentSpec, lookAt } from '../../gatekeeper/intent/look.ts';
import { inTime } from '../../gatekeeper/ration.ts';
import { suspicionOf } from '../../pace/suspicion.ts';
import { atExit } from '../../sandboxes/runner/at-exit.ts';
import { type CorpusCase, type CorpusTask, readCorpus, type TRUTHS } from '../corpus/cases.ts';
import { chooseJail } from '../jail/choose.ts';
import { corpusFolder } from '../qualification/own-folder.ts';
import { systemClock } from '../system-clock.ts';
import { type OpenedTask, type OpenRequest, openTask } from './open-task.ts';

export type Truth = (typeof TRUTHS)[number];

export interface OrganismsRequest {
  /** Folder with tasks of one's own; absent, the blind corpus that comes with the package. */
  readonly corpus?: string | undefined;
  /** Absent: all. */
  readonly only?: readonly Truth[] | undefined;
  /** Most looks at each (included). */
  readonly looks: number;
  /** The same seed draws the same cases and surroundings. */
  readonly seed: string;
  readonly onOrganism?: (done: number, of: number) => void;
}

export interface Organism {
  readonly id: string;
  readonly truth: Truth;
  /** 0 to 1, of those who planted it. */
  readonly strength: number;
  readonly floor: FloorSeen;
  readonly divergence: DivergenceSeen;
}

export interface FloorSeen {
  /** `held`: it passes with the agreement of a person only. `no verdict`: it is not promoted, and not caught. */
  readonly end: 'caught' | 'held' | 'no verdict' | 'passed';
  /** The check that refused it. */
  readonly by?: string;
  /** Why, where it did not simply pass. */
  readonly why?: string;
  readonly suspicion: number;
}

export interface DivergenceSeen extends Pick<Divergence, 'looks' | 'parts' | 'divergedAt'> {
  /** The largest log E after any look; 0 before the first. */
  readonly logE: number;
  /** Looks that came to nothing, for the machine's sake. */
  readonly lost: number;
}

export interface OrganismsReport {
  /** The jail they ran in. */
  readonly isolation: string;
  readonly seed: string;
  readonly looks: number;
  readonly organisms: readonly Organism[];
  readonly wallMs: number;
  /** Of processes in jails. */
  readonly cpuMs: number;
}

/** Tasks at a time, each with one organism before it: what waits for a jail leaves room for another. */
const AT_ONCE = 3;

/** @throws PacelineError for a corpus that cannot be read, or a machine without a jail of J2. */
export async function runOrganisms(
  request: OrganismsRequest,
  signal: AbortSignal,
): Promise<OrganismsReport> {
  const began = systemClock.monotonicMs();
  const { seed, looks } = request;
  const tasks = plantedIn(request);
  const jail = await chooseJail('J2');
  const at = mkdtempSync(join(realpathSync(tmpdir()), 'paceline-organisms-'));
  const leave = (): void => rmSync(at, { recursive: true, force: true });
  const done = atExit(leave);
  const opening = { at, secrets: publicRoot(`organisms ${seed}`) };
  try {
    const { organisms, cpuMs } = await seenIn(tasks, { request, opening }, signal);
    organisms.sort((a, b) => (a.id < b.id ? -1 : 1));
    const wallMs = systemClock.monotonicMs() - began;
    return { isolation: jail.level, seed, looks, organisms, wallMs, cpuMs };
  } finally {
    done();
    leave();
  }
}

/** The largest task first: none is left alone at the end. */
function plantedIn(request: OrganismsRequest): readonly CorpusTask[] {
  const all = readCorpus(request.corpus ?? join(corpusFolder(), 'blind')).map((task) => {
    return { ...task, cases: task.cases.filter((one) => isWanted(one, request)) };
  });
  const planted = all.filter(({ cases }) => cases.length > 0);
  if (planted.length === 0) throw nothingPlanted(request);
  return planted.sort((a, b) => b.cases.length - a.cases.length);
}

interface Seeing {
  readonly request: OrganismsRequest;
  readonly opening: OpenRequest;
}

async function seenIn(
  tasks: readonly CorpusTask[],
  { request, opening }: Seeing,
  signal: AbortSignal,
): Promise<{ readonly organisms: Organism[]; readonly cpuMs: number }> {
  const of = tasks.reduce((sum, { cases }) => sum + cases.length, 0);
  const organisms: Organism[] = [];
  let cpuMs = 0;
  const seen = async (task: CorpusTask, either: AbortSignal): Promise<void> => {
    const opened = await openTask(task, opening);
    try {
      const spec = await intentSpec(opened.metered.tools, opened.origin, either);
      for (const one of task.cases) {
        organisms.push(await seenOf(one, { opened, spec, request }, either));
        request.onOrganism?.(organisms.length, of);
      }
      cpuMs += opened.metered.cpuMs();
    } finally {
      await opened.close();
    }
  };
  await allOrNone(tasks, seen, { atOnce: AT_ONCE, signal });
  return { organisms, cpuMs };
}

function isWanted({ truth }: CorpusCase, { only }: OrganismsRequest): boolean {
  return truth !== undefined && (only?.includes(truth) ?? true);
}

interface Before {
  readonly opened: OpenedTask;
  readonly spec: Awaited<ReturnType<typeof intentSpec>>;
  readonly request: OrganismsRequest;
}

async function seenOf(one: CorpusCase, before: Before, signal: AbortSignal): Promise<Organism> {
  const { id, truth = 'clean', strength = 0 } = one;
  const floor = await floorOf(one, before, signal);
  return { id, truth, strength, floor, divergence: await divergenceSeen(one, before, signal) };
}

/** As any candidate: in order, up to the first check that refuses it. */
async function floorOf(
  { id, text }: CorpusCase,
  { opened, request }: Before,
  signal: AbortSignal,
): Promise<FloorSeen> {
  const { metered, origin } = opened;
  const candidate = opened.candidateOf(text);
  const ticket = sha256([request.seed, id].join(' ')).slice(-16);
  const hashed = { put: contentId, get: () => null };
  const { findings } = await examine(
    { clock: systemClock, evidence: hashed },
    {
      intake: { ticket, tier: 'floor', candidate, incumbent: origin, origin },
      metered: async () => metered,
      checks: ({ floor }) => floor.map((check) => inTime(check)),
    },
    signal,
  );
  const suspicion = suspicionOf(findings);
  const refused = findings.find(({ verdict }) => verdict === 'fail');
  if (refused) return { end: 'caught', by: refused.check, why: refused.why, suspicion };
  const unknown = findings.find(({ verdict }) => verdict !== 'pass');
  if (unknown) return { end: 'no verdict', by: unknown.check, why: unknown.why, suspicion };
  const held = findings.find(({ needsPerson }) => needsPerson !== undefined);
  if (held?.needsPerson) {
    return { end: 'held', by: held.check, why: held.needsPerson, suspicion };
  }
  return { end: 'passed', suspicion };
}

/** Until it is called divergent: a study would roll it back then. */
async function divergenceSeen(
  { text }: CorpusCase,
  { opened, spec, request }: Before,
  signal: AbortSignal,
): Promise<DivergenceSeen> {
  const { metered, origin } = opened;
  const candidate = opened.candidateOf(text);
  const looks: IntentLook[] = [];
  let lost = 0;
  let found = divergenceOf(looks, spec);
  while (looks.length < request.looks && found.divergedAt === undefined) {
    signal.throwIfAborted();
    try {
      looks.push(
        await lookAt({ candidate, origin, number: looks.length + 1 }, metered.tools, signal),
      );
    } catch (error) {
      signal.throwIfAborted();
      if (!PacelineError.is(error)) throw error;
      lost += 1;
      looks.push({});
    }
    found = divergenceOf(looks, spec);
  }
  const { path, parts, divergedAt } = found;
  const logE = Math.max(0, ...path);
  return {
    looks: looks.length,
    parts,
    logE,
    lost,
    ...(divergedAt === undefined ? {} : { divergedAt }),
  };
}

function nothingPlanted({ corpus, only }: OrganismsRequest): PacelineError {
  const which = only ? ` of the class ${only.join(', ')}` : '';
  return new PacelineError(
    'CONFIG_INVALID',
    `${corpus ?? 'The corpus'} holds no organism${which}. Plant one: a case.json with "kind": "organism" and its "truth" (corpus/README.md).`,
  );
}
