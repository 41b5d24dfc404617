/** Improvers in words: what is kept, what one holds, what two differ in. */

import type { Learnt } from '../app/improvers/learn.ts';
import type { ListedImprover } from '../app/improvers/listed.ts';
import type { MinedHere } from '../app/improvers/mine-here.ts';
import type { ImproverView } from '../app/improvers/view.ts';
import { canonicalJson } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import { said } from '../core/said.ts';
import type { ImproverDiff, SlotMove } from '../improver/diff.ts';
import type { TasteNet } from '../improver/taste-model.ts';
import { table } from './output.ts';

const SHORT = 16;
const short = (id: string): string => id.replace('sha256:', '').slice(0, SHORT);

export function listLines(all: readonly ListedImprover[]): readonly string[] {
  if (all.length === 0)
    return [
      'No improver here yet. paceline improver grow makes generations, paceline improver import takes them in.',
    ];
  return table([
    ['id', 'generation', 'parent', 'library', 'what was decided'],
    ...all.map(({ id, improver, line, verdict, beside, isOrphan }) => [
      short(id),
      isOrphan ? `says ${improver.generation}, parent missing` : String(improver.generation),
      improver.parent === null ? '-' : short(improver.parent),
      `${improver.library.length} of ${improver.domain}${improver.vocabulary === undefined ? '' : `, ${improver.vocabulary.length} of expressions`}`,
      line === undefined
        ? (verdict ?? '-')
        : `control line: ${line}${beside === undefined ? '' : ` beside generation ${beside}`}`,
    ]),
  ]);
}

/** Each abstraction beneath none of those it calls: a graph in the order it grew. */
export function showLines({
  id,
  improver,
  graph,
  vocabulary,
  cheapest,
  net,
}: ImproverView): readonly string[] {
  const { generation, parent, lessons, deadEnds, mechanism, slots, taste, prompts } = improver;
  const born = parent === null ? 'without a parent' : `child of ${short(parent)}`;
  const library = graph.flatMap(({ name, args, type, body, expanded, calls, calledBy, mined }) => [
    `${'  '.repeat(depthOf(graph, name))}${name}(${args.join(', ')}): ${type} = ${body}`,
    ...(calls.length > 0
      ? [`${'  '.repeat(depthOf(graph, name))}    in primitives: ${expanded}`]
      : []),
    ...(mined === undefined
      ? []
      : [
          `${'  '.repeat(depthOf(graph, name))}    saves ${mined.saving} nodes in ${mined.uses} places of ${mined.tasks} tasks${calledBy.length > 0 ? `, called by ${calledBy.join(', ')}` : ''}`,
        ]),
  ]);
  return [
    `Generation ${generation}, ${short(id)}, ${born}, for ${improver.domain}.`,
    ...(mechanism === null
      ? []
      : [
          `Why it should matter: ${mechanism.because} Without ${mechanism.without.join(', ')}: ${mechanism.metric} ${mechanism.sign}, by ${mechanism.size}.`,
        ]),
    '',
    graph.length === 0
      ? 'Library: nothing but primitives.'
      : `Library: ${graph.length} abstractions (#0, #1, #2 are arguments)`,
    ...library,
    ...section('Net', net === null ? [] : [net]),
    ...section('Vocabulary of genetic search', vocabulary.flatMap(macroLines)),
    ...section('Cheapest to use', cheapest),
    ...section(
      'Slots',
      Object.entries(slots).map(([slot, value]) => `${slot} = ${slotText(value as Json)}`),
    ),
    ...section('Lessons', lessons),
    ...section('Taste', tasteLines(taste)),
    ...section(
      'Prompts',
      Object.entries(prompts).map(([name, text]) => `${name}: ${said(text)}`),
    ),
    ...section('Dead ends', deadEndLines(deadEnds)),
  ];
}

function tasteLines(taste: ImproverView['improver']['taste']): readonly string[] {
  const { forests, sources } = taste ?? {};
  const line = (of: string, net: TasteNet | undefined): readonly string[] =>
    net === undefined
      ? []
      : [
          `for ${of}: trained further on ${net.trials} trials that nobody chose, of which ${net.better} were better; features of version ${net.version}`,
        ];
  return [...line('programs of a closed language', forests), ...line('source files', sources)];
}

/** Shown at most. */
const MOST_DEAD_ENDS = 20;

function deadEndLines(all: ImproverView['improver']['deadEnds']): readonly string[] {
  const tasks = new Set(all.map(({ task }) => task));
  return [
    ...[...tasks].map(
      (task) => `task ${short(task)}: ${all.filter((one) => one.task === task).length}`,
    ),
    ...all
      .slice(0, MOST_DEAD_ENDS)
      .map(({ key, why }) => `${said(key.replace('sha256:', ''), { quotes: false })}: ${why}`),
    ...(all.length > MOST_DEAD_ENDS ? [`and ${all.length - MOST_DEAD_ENDS} more (--json)`] : []),
  ];
}

/** What each study taught, and what of it is new. */
export function learntLines(
  { parent, child, studies }: Learnt,
  diff: ImproverDiff,
): readonly string[] {
  const { generation } = child.improver;
  return [
    `Generation ${generation}, ${short(child.id)}, child of ${short(parent.id)} (generation ${parent.improver.generation}).`,
    ...studies.map(
      ({ study, lessons, deadEnds, samples, noTaste }) =>
        `From ${study}: ${lessons} lessons, ${deadEnds} dead ends, ${noTaste === undefined ? `${samples} trials for the taste` : `nothing for the taste (${noTaste})`}.`,
    ),
    '',
    ...diffLines(diff),
    '',
    `Nothing is claimed of it. Use it: paceline run --improver ${short(child.id)}`,
  ];
}

type Word = ImproverView['vocabulary'][number];

const macroLine = ({ name, args, type, expanded }: Word): string =>
  `${name}(${args.map((one, at) => `#${at}: ${one}`).join(', ')}): ${type} = ${expanded}`;

function macroLines(word: Word): readonly string[] {
  const { calls, calledBy, body, mined } = word;
  const known = [
    ...(calls.length > 0 ? [`said by those before it: ${body}`] : []),
    ...(mined
      ? [`saves ${mined.saving} nodes in ${mined.uses} places of ${mined.tasks} tasks`]
      : []),
    ...(calledBy.length > 0 ? [`called by ${calledBy.join(', ')}`] : []),
  ];
  return [macroLine(word), ...known.map((one) => `    ${one}`)];
}

const depthOf = (graph: ImproverView['graph'], wanted: string): number =>
  (graph.find(({ name }) => name === wanted)?.depth ?? 1) - 1;

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

export function minedLines({ studies, made }: MinedHere): readonly string[] {
  const programs = studies.reduce((sum, one) => sum + one.programs, 0);
  const from = `${programs} programs of ${studies.length} studies`;
  if (made === undefined)
    return [
      `Nothing that two tasks share in ${from} saves more than its definition costs. No generation was made; studies of more tasks, or longer ones, have more to share.`,
    ];
  const { id, improver, macros } = made;
  return [
    `Generation ${improver.generation} (${short(id)}) has ${macros.length} new macros from ${from}:`,
    ...macros.flatMap(macroLines).map((line) => `  ${line}`),
    `paceline run --improver ${short(id)} searches with them. What they are worth, such studies have to show.`,
  ];
}

/** Costs that moved, shown at most. */
const MOST_COSTS = 12;

export function diffLines(diff: ImproverDiff): readonly string[] {
  const {
    added,
    removed,
    vocabulary,
    costs,
    slots,
    prompts,
    lessons,
    forgotten,
    deadEnds,
    taste,
    changed,
    net,
  } = diff;
  const lines = [
    ...added.map((one) => `+ ${one.name} = ${JSON.stringify(one.body)}`),
    ...removed.map((one) => `- ${one.name} = ${JSON.stringify(one.body)}`),
    ...vocabulary.added.map((one) => `+ ${macroLine(one)}`),
    ...vocabulary.removed.map((one) => `- ${macroLine(one)}`),
    ...[...slots, ...prompts].map(slotLine),
    ...lessons.map((lesson) => `+ lesson: ${lesson}`),
    ...(deadEnds.added === 0 ? [] : [`+ ${deadEnds.added} dead ends`]),
    ...(deadEnds.removed === 0 ? [] : [`- ${deadEnds.removed} dead ends`]),
    ...(forgotten === 0 ? [] : [`- ${forgotten} lessons`]),
    ...taste.map(tasteMove),
    ...changed.map((part) => (part === 'net' ? netLine(net) : `~ ${part} changed`)),
    ...costs
      .slice(0, MOST_COSTS)
      .map(
        ({ parent, argument, child, from, to }) =>
          `~ ${child} as argument ${argument + 1} of ${parent}: cost ${from} is now ${to}`,
      ),
    ...(costs.length > MOST_COSTS
      ? [`  and ${costs.length - MOST_COSTS} costs more (--json)`]
      : []),
  ];
  return lines.length === 0 ? ['They are the same.'] : lines;
}

function tasteMove({ of, from, to }: ImproverDiff['taste'][number]): string {
  const trials = (net: TasteNet | undefined): string =>
    net === undefined ? 'ours' : `one of ${net.trials} trials`;
  return `~ taste for ${of === 'forests' ? 'programs of a closed language' : 'source files'}: ${trials(from)} is now ${trials(to)}`;
}

function netLine({ from, to }: ImproverDiff['net']): string {
  if (from === null) return `+ net: ${to}`;
  return to === null ? `- net: ${from}` : `~ net: ${from}; now ${to}`;
}

function slotLine({ slot, from, to }: SlotMove): string {
  if (from === undefined) return `+ ${slot} = ${slotText(to ?? null)}`;
  if (to === undefined) return `- ${slot} = ${slotText(from)}`;
  return `~ ${slot}: ${slotText(from)} is now ${slotText(to)}`;
}

/** Characters of a slot that are shown: what tasks do is long, and says nothing to people. */
const MOST_SHOWN = 300;

function slotText(value: Json): string {
  const text = canonicalJson(value);
  return text.length <= MOST_SHOWN
    ? text
    : `${text.slice(0, MOST_SHOWN)}… (${text.length} characters, all with --json)`;
}
