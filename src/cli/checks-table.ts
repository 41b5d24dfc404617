/** What `checks` prints: the properties with their evidence, what notices faults, what to confirm. */
import { AS_ORIGIN, type ListedChecks } from '../app/list-checks.ts';
import type { Json } from '../core/json.ts';
import { table } from './output.ts';

const MOST_SURVIVORS = 10;

export function checksLines(found: ListedChecks): readonly string[] {
  const { properties, impossible, isCallable } = found;
  if (!isCallable) {
    return [
      'Nothing says how a candidate is called on an input, so no properties can be tried.',
      'Name its file and function in paceline.yaml: safety: { calls: { file: origin/sort.ts, export: sort } }.',
    ];
  }
  if (properties.length === 0) {
    return [
      'Nothing makes inputs, so nothing is derived. Declare inputs and properties in a module: safety: { checks: checks/checks.mjs } (docs/checks.md).',
    ];
  }
  const rows = properties.map((one) => [
    one.name,
    one.from,
    `${one.held} of ${one.tried}`,
    failureOf(one),
    one.says,
  ]);
  return [
    ...table([['property', 'from', 'origin', 'a failure', 'says'], ...rows]),
    ...(impossible.length > 0 ? ['', `Impossible tasks: ${impossible.join(', ')}.`] : []),
    '',
    ...faultLines(found),
    ...confirmLines(found),
  ];
}

function failureOf({ rejects, suspects }: ListedChecks['properties'][number]): string {
  if (rejects) return 'rejects';
  return suspects ? 'suspicion only' : 'nothing until confirmed';
}

function faultLines({ faults }: ListedChecks): readonly string[] {
  if (faults === undefined) {
    return ['No faults can be planted in this language: what the properties notice is not known.'];
  }
  const { mutants, untried, killed, survivors, interval, isAdequate } = faults;
  const left = survivors.filter(({ differs }) => differs > 0);
  const alike = survivors.length - left.length;
  const [low, high] = interval.map((one) => (100 * one).toFixed(0));
  return [
    `Of ${mutants - alike} planted faults that show, ${killed} are noticed (95 %: ${low} to ${high} %): ${isAdequate ? 'the properties count as verification' : 'below 80 % the properties do not count as verification'}.`,
    ...(alike > 0
      ? [`${alike} more survived or are equivalent: no input told them from the origin.`]
      : []),
    ...(untried > 0 ? [`For ${untried} more of those drawn there was no time.`] : []),
    ...left
      .slice(0, MOST_SURVIVORS)
      .map(({ what, differs }) => `  not noticed: ${what} (${differs} outputs differ)`),
    ...(left.length > MOST_SURVIVORS
      ? [`  and ${left.length - MOST_SURVIVORS} more (--json names them all)`]
      : []),
  ];
}

function confirmLines({ properties }: ListedChecks): readonly string[] {
  const open = properties.filter(({ rejects }) => !rejects).map(({ name }) => name);
  const [asOrigin, others] = [open.includes(AS_ORIGIN), open.filter((name) => name !== AS_ORIGIN)];
  return [
    ...(others.length > 0
      ? [
          '',
          'To let what is true of every good candidate reject those that break it, write those names in paceline.yaml:',
          `  safety: { confirm: [${others.map((name) => (name.includes(':') ? `"${name}"` : name)).join(', ')}] }`,
        ]
      : []),
    ...(asOrigin
      ? [
          '',
          `Where answers must not change, in a speed-up or a rewrite, ${AS_ORIGIN} alone is stronger than all of these; elsewhere it refuses every gain.`,
        ]
      : []),
  ];
}

export function checksJson(found: ListedChecks): Json {
  const { faults, properties, impossible, level, isCallable } = found;
  return {
    schema: 'paceline.checks/1',
    level,
    isCallable,
    impossible: [...impossible],
    properties: properties.map((one) => ({ ...one })),
    faults: faults
      ? {
          mutants: faults.mutants,
          untried: faults.untried,
          killed: faults.killed,
          isAdequate: faults.isAdequate,
          rates: { ...faults.rates },
          interval: [...faults.interval],
          by: { ...faults.by },
          survivors: faults.survivors.map((one) => ({ ...one })),
        }
      : null,
  };
}
