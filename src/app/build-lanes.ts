import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import { GP_VOCABULARY } from '../improver/gp/slots.ts';
import { decodeForest } from '../lang/codec.ts';
import type { Forest } from '../lang/forest.ts';
import type { Macro } from '../lang/macro.ts';
import { INSTANCE } from '../lang/operators.ts';
import { PEOPLE } from '../loop/people.ts';
import type { Lane } from '../loop/plan.ts';
import { forestTunable } from '../proposers/cma-es/forest-tunable.ts';
import { sourceTunable } from '../proposers/cma-es/source-tunable.ts';
import type { Tunable } from '../proposers/cma-es/tunable.ts';
import { cmaEsProposer } from '../proposers/cma-es.ts';
import type { Proposer } from '../proposers/contract.ts';
import type { BreedingRule } from '../proposers/genetic/breeding-rule.ts';
import { forestGenome } from '../proposers/genetic/forest-genome.ts';
import type { Genome } from '../proposers/genetic/genome.ts';
import { improverGenome } from '../proposers/genetic/improver-genome.ts';
import { sourceGenome } from '../proposers/genetic/source-genome.ts';
import { geneticProposer } from '../proposers/genetic.ts';
import { type FoundProgram, libraryProposer } from '../proposers/library.ts';
import { localSearchProposer } from '../proposers/local-search.ts';
import { noOpProposer } from '../proposers/no-op.ts';
import { randomConstants, randomPrograms, randomStarts } from '../proposers/random.ts';
import { type Listed, listProposer } from '../proposers/scripted.ts';
import { decodeProgram } from '../source/program.ts';
import { complaintOf, type Languages } from '../source/reading.ts';
import type { Agents } from './build-agent.ts';
import { buildCommand, type OwnPrograms } from './build-command.ts';
import type { LibrarySearch } from './build-library.ts';
import type { Llms } from './build-llm.ts';
import type { AgentEntry } from './config-agent.ts';
import type { LlmEntry } from './config-models.ts';
import type { LibraryEntry } from './config-proposers.ts';
import type { Config } from './config-schema.ts';
import { armsOf } from './control-arms.ts';
import type { Searched } from './load-problem.ts';
import type { Closed } from './read-written.ts';

export interface WeightedLane {
  readonly lane: Lane;
  /** Share of all trials, relative to the other lanes. */
  readonly weight: number;
}

export interface LaneMaterial {
  readonly originText: string;
  /** As its task kind counts it. */
  readonly originSize: number;
  /** Parsers of the editable files, by extension. */
  readonly languages: Languages;
  /** What proposers of a closed language need; absent without one. */
  readonly closed?: Closed;
  /** How genetic makes forests, where the improver of the study says so. */
  readonly breeding?: BreedingRule;
  /** What local searches need; absent without one. */
  readonly searched?: Searched;
  /** Of the generation that a study of a closed language runs under; absent: none. */
  readonly macros?: readonly Macro[];
  /** Text of a file named in the config. */
  readonly read: (file: string, key: string) => string;
  /** What proposers that are programs need; absent without one. */
  readonly programs?: OwnPrograms;
  /** Proposers that ask models, by their entry. */
  readonly llms: Llms;
  /** Proposers that are agents, by their entry. */
  readonly agents: Agents['byEntry'];
  /** Programs for a file of examples: of the search, or of one of its controls. */
  readonly library: (entry: LibraryEntry, how: LibrarySearch) => () => readonly FoundProgram[];
  /** Candidates that lie in a folder named in the config. */
  readonly candidates: (folder: string) => readonly Listed[];
}

type ProposerEntry = Config['proposers'][number];
type CmaEsEntry = Extract<ProposerEntry, { readonly use: 'cma-es' }>;

/** The lanes of the searches and, beside them, those of the controls. */
export function buildLanes(config: Config, material: LaneMaterial): readonly WeightedLane[] {
  return armsOf(config.control).flatMap((arm) =>
    arm.search === 'no-op' ? [noOpLane(arm, material)] : proposingLanes(arm, config, material),
  );
}

type Arm = EventBody['study.opened']['arms'][number];

function noOpLane({ name, share }: Arm, material: LaneMaterial): WeightedLane {
  const { originText, originSize } = material;
  return {
    lane: {
      arm: name,
      proposer: noOpProposer({ origin: originText, size: originSize }) as Proposer,
      instance: 0,
      fromOrigin: true,
      sequential: false,
    },
    weight: share,
  };
}

/**
 * One lane per proposer, in the same proportions in every arm: best-of-n has those of a search,
 * drawing from the origin and learning nothing; random draws what each of them could make at all.
 */
function proposingLanes(arm: Arm, config: Config, material: LaneMaterial): readonly WeightedLane[] {
  const total = config.proposers.reduce((sum, entry) => sum + entry.share, 0);
  const isSearch = arm.search === 'improver';
  return config.proposers.flatMap((entry) => {
    const proposer = proposerOf(entry, arm, material);
    const instances = isSearch && entry.use === 'cma-es' ? entry.islands : 1;
    const weight = (arm.share * entry.share) / total / instances;
    return Array.from({ length: instances }, (_, instance) => ({
      lane: {
        arm: arm.name,
        proposer,
        instance,
        fromOrigin: !isSearch,
        sequential: isSearch && proposer.traits.sequential,
      },
      weight,
    }));
  });
}

/** What a generation has learnt is of the search alone. */
function proposerOf(entry: ProposerEntry, { search }: Arm, given: LaneMaterial): Proposer {
  const { macros = [], ...bare } = given;
  if (search !== 'improver') return proposerFor(withoutInstance(entry, macros), search, bare);
  return proposerFor(entry, search, { ...bare, macros });
}

/** A control of a search that names the operator of its macros has the others, or all of them. */
function withoutInstance(entry: ProposerEntry, macros: readonly Macro[]): ProposerEntry {
  if (entry.use !== 'genetic' || macros.length === 0) return entry;
  const { operators, ...rest } = entry;
  const others = operators?.filter((name) => name !== INSTANCE) ?? [];
  return others.length === 0 ? rest : { ...rest, operators: others };
}

function proposerFor(
  entry: ProposerEntry,
  search: Arm['search'],
  material: LaneMaterial,
): Proposer {
  if (entry.use === 'library') {
    const how = search === 'random' ? 'random' : search === 'best-of-n' ? 'bare' : 'learnt';
    return libraryProposer(material.library(entry, how)) as Proposer;
  }
  return (search === 'random' ? buildRandom : buildProposer)(entry, material);
}

type Built = Exclude<ProposerEntry, LibraryEntry>;

function buildProposer(entry: Built, material: LaneMaterial): Proposer {
  if (entry.use === 'scripted') {
    const listed = material.candidates(entry.folder);
    if (material.closed === undefined) refuseBroken(listed, { entry, material });
    return listProposer(listed) as Proposer;
  }
  if (entry.use === 'command') return commandOf(entry, material);
  if (entry.use === 'human') return PEOPLE as Proposer;
  if (entry.use === 'llm') return llmOf(entry, material);
  if (entry.use === 'agent') return agentOf(entry, material);
  if (entry.use === 'genetic') {
    const { closed, originText: origin, languages } = material;
    if (closed === undefined) {
      refuseUnread(material);
      return geneticProposer(only(entry, sourceGenome({ origin, languages }))) as Proposer;
    }
    const { vocabulary, situations } = closed;
    const { macros = [] } = material;
    const stock = { vocabulary, origin, macros, ...(situations ? { situations } : {}) };
    const genome = vocabulary === GP_VOCABULARY ? improverGenome(stock) : forestGenome(stock);
    return geneticProposer(only(entry, genome), material.breeding) as Proposer;
  }
  if (entry.use === 'local-search') {
    const { hops, patience, near } = entry;
    const model = modelOf(entry, material);
    const origin = material.originText;
    return localSearchProposer({ ...model, origin, hops, patience, near }) as Proposer;
  }
  const { lambda, sigma, generations, restarts } = entry;
  return cmaEsProposer({
    tunable: tunableOf(entry, material),
    lambda,
    sigma,
    generations,
    restarts,
  }) as Proposer;
}

/** @throws PacelineError CONFIG_INVALID for a name that the language of the candidates does not have. */
function only<G>(
  { operators }: Extract<ProposerEntry, { readonly use: 'genetic' }>,
  genome: Genome<G>,
): Genome<G> {
  if (operators === undefined) return genome;
  const unknown = operators.find((name) => !genome.operators.includes(name));
  if (unknown === undefined) {
    return { ...genome, operators: genome.operators.filter((name) => operators.includes(name)) };
  }
  throw new PacelineError(
    'CONFIG_INVALID',
    `proposers names the operator ${JSON.stringify(unknown)} for genetic, which has ${genome.operators.join(', ')} here. Correct the name.`,
    { key: 'proposers.operators', operator: unknown },
  );
}

function llmOf(entry: LlmEntry, { llms }: LaneMaterial): Proposer {
  const make = llms.get(entry);
  if (make) return make();
  throw new Error('a proposer that asks models, and none was built');
}

function agentOf(entry: AgentEntry, { agents }: LaneMaterial): Proposer {
  const make = agents.get(entry);
  if (make) return make();
  throw new Error('a proposer that is an agent, and none was built');
}

function commandOf(
  entry: Extract<ProposerEntry, { readonly use: 'command' }>,
  { programs, originText }: LaneMaterial,
): Proposer {
  if (programs) return buildCommand(entry, programs, originText);
  throw new Error('a proposer that is a program, and nothing it can run in');
}

/** A candidate that does not parse, where the origin does, would cost an evaluation to say so. */
function refuseBroken(
  listed: readonly Listed[],
  of: { readonly entry: { readonly folder: string }; readonly material: LaneMaterial },
): void {
  const { languages, originText } = of.material;
  if (complaintOf(decodeProgram(originText), languages) !== undefined) return;
  for (const { operator: name, text } of listed) {
    const complaint = complaintOf(decodeProgram(text), languages);
    if (complaint === undefined) continue;
    throw new PacelineError(
      'PROGRAM_INVALID',
      `${of.entry.folder}/${name} is not of its language. ${complaint} Mend it or take it out; nothing was spent.`,
      { folder: of.entry.folder, name },
    );
  }
}

/** Its operators change what they can parse. */
function refuseUnread({ originText, languages }: LaneMaterial): void {
  const complaint = complaintOf(decodeProgram(originText), languages);
  if (complaint === undefined) return;
  throw new PacelineError(
    'PROGRAM_INVALID',
    `The origin is not of its language, so genetic cannot change it. ${complaint}`,
    { proposer: 'genetic' },
  );
}

function tunableOf(entry: CmaEsEntry, material: LaneMaterial): Tunable {
  if (material.closed) return forestTunable(templateOf(entry, material));
  const tunable = sourceTunable({ origin: material.originText, languages: material.languages });
  if (tunable.start.length > 0) return tunable;
  throw new PacelineError(
    'CONFIG_INVALID',
    'proposers names cma-es, which tunes numbers, and the editable source holds none. Write the numbers that matter into it, or leave cma-es out.',
    { key: 'proposers' },
  );
}

/** The prior of a proposer, without the origin in it. */
/** What they could make at all is what they make of the origin. */
const ASKED: ReadonlySet<string> = new Set(['scripted', 'command', 'llm', 'agent']);

function buildRandom(entry: Built, material: LaneMaterial): Proposer {
  if (entry.use === 'cma-es') {
    const template = templateOf(entry, material);
    return randomConstants({ template, sigma: entry.sigma }) as Proposer;
  }
  if (ASKED.has(entry.use)) return buildProposer(entry, material);
  if (entry.use === 'local-search') return randomStarts(modelOf(entry, material)) as Proposer;
  const { vocabulary, situations } = closedOf(material);
  return randomPrograms({ vocabulary, ...(situations ? { situations } : {}) }) as Proposer;
}

function templateOf({ template }: CmaEsEntry, material: LaneMaterial): Forest {
  if (template === undefined) throw new Error('a closed language without a template');
  const text = material.read(template, 'proposers.template');
  return decodeForest(text.trim(), closedOf(material).vocabulary);
}

/** Loaded before the lanes are built, for every entry that names one. */
function modelOf(
  { problem: name }: Extract<ProposerEntry, { readonly use: 'local-search' }>,
  { searched }: LaneMaterial,
): Pick<Parameters<typeof localSearchProposer>[0], 'problem' | 'numbers'> {
  const problem = searched?.problems.get(name);
  if (searched && problem) return { problem, numbers: searched.numbers };
  throw new Error('a local search without its problem');
}

/** The config is checked: who needs a closed language has one. */
function closedOf({ closed }: LaneMaterial): Closed {
  if (closed) return closed;
  throw new Error('a proposer of closed-language candidates without a language');
}
