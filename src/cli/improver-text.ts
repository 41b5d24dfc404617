/** Improvers in words: what is kept, what one holds, what two differ in. */
import type { ListedImprover } from '../app/improvers/listed.ts';
import type { ImproverView } from '../app/improvers/view.ts';
import { canonicalJson } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import type { ImproverDiff, SlotMove } from '../improver/diff.ts';
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
      `${improver.library.length} of ${improver.domain}`,
      line === undefined
        ? (verdict ?? '-')
        : `control line: ${line}${beside === undefined ? '' : ` beside generation ${beside}`}`,
    ]),
  ]);
}

/** Each abstraction beneath none of those it calls: a graph in the order it grew. */
export function showLines({ id, improver, graph, cheapest, net }: ImproverView): readonly string[] {
  const { generation, parent, lessons, deadEnds, mechanism, slots } = improver;
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
    ...section('Cheapest to use', cheapest),
    ...section(
      'Slots',
      Object.entries(slots).map(([slot, value]) => `${slot} = ${slotText(value as Json)}`),
    ),
    ...section('Lessons', lessons),
    ...section(
      'Dead ends',
      deadEnds.map(({ task, why }) => `${task}: ${why}`),
    ),
  ];
}

const depthOf = (graph: ImproverView['graph'], wanted: string): number =>
  (graph.find(({ name }) => name === wanted)?.depth ?? 1) - 1;

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

/** Costs that moved, shown at most. */
const MOST_COSTS = 12;

export function diffLines(diff: ImproverDiff): readonly string[] {
  const { added, removed, costs, slots, prompts, lessons, deadEnds, changed, net } = diff;
  const lines = [
    ...added.map((one) => `+ ${one.name} = ${JSON.stringify(one.body)}`),
    ...removed.map((one) => `- ${one.name} = ${JSON.stringify(one.body)}`),
    ...[...slots, ...prompts].map(slotLine),
    ...lessons.map((lesson) => `+ lesson: ${lesson}`),
    ...(deadEnds === 0 ? [] : [`${deadEnds > 0 ? '+' : ''}${deadEnds} dead ends`]),
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
