/** Inputs with something put into them, and the same inputs with something else there, to compare with. */
import type { Json } from '../../core/json.ts';
import type { Rng } from '../../core/rng.ts';
import {
  type Domain,
  isInDomain,
  keyOf,
  type Path,
  positionsOf,
  put,
  valueAt,
} from './positions.ts';

export interface Edit {
  readonly path: Path;
  readonly value: Json;
}

export interface Plant {
  readonly base: Json;
  readonly edits: readonly Edit[];
  /** It has a rare constant that only the candidate names. */
  readonly isMined: boolean;
  /** Only moved, nothing new: an order of what was there. */
  readonly isOrder?: true;
}

export function plantedInput({ base, edits }: Plant): Json {
  return edits.reduce((input, { path, value }) => put(input, path, value), base);
}

export function isPlantInDomain(domain: Domain, { edits }: Plant): boolean {
  return edits.every(({ path, value }) => isInDomain(domain, keyOf(path), value));
}

/** More values that stand twice than the base input has. */
export function makesEquals(plant: Plant): boolean {
  return repeats(plantedInput(plant)) > repeats(plant.base);
}

function repeats(input: Json): number {
  const leaves = positionsOf(input, MOST_LEAVES).filter(({ value }) => typeof value !== 'object');
  return leaves.length - new Set(leaves.map(({ value }) => value)).size;
}

const MOST_LEAVES = 1_000;

const CONTROLS = 8;

/** Inputs like the plant in all but the very value: neighbours of it, and others of its size. */
export function controlsOf(plant: Plant, rng: Rng): readonly Json[] {
  if (plant.isOrder) return orders(plant, rng);
  return Array.from({ length: CONTROLS }, (_, turn) => {
    const { base, edits } = plant;
    // Half of them change all that was put in, half one part of it: both parts of a pair have to count.
    const one = turn % 2 === 0 ? undefined : Math.floor(turn / 2) % edits.length;
    const changed = edits.map((edit, at) =>
      one === undefined || one === at ? { ...edit, value: near(edit, { base, turn, rng }) } : edit,
    );
    return plantedInput({ ...plant, edits: changed });
  });
}

interface Nearby {
  readonly base: Json;
  readonly turn: number;
  readonly rng: Rng;
}

function near({ path, value }: Edit, { base, turn, rng }: Nearby): Json {
  if (typeof value === 'number') return nearNumber(value, { turn, rng });
  if (typeof value === 'string') return nearText(value, { turn, rng });
  if (Array.isArray(value))
    return nearList(value, { base: valueAt(base, path) ?? null, turn, rng });
  if (typeof value === 'boolean') return !value;
  return valueAt(base, path) ?? null;
}

function nearNumber(value: number, { turn, rng }: Pick<Nearby, 'turn' | 'rng'>): number {
  const isWhole = Number.isInteger(value);
  const step = isWhole ? 1 : Math.abs(value) * 1e-3 || 1e-3;
  if (turn < 4) return value + step * ([1, -1, -2, 3][turn] as number);
  const other = value * (0.5 + rng.float()) + (rng.float() - 0.5) * 20 * step;
  const moved = isWhole ? Math.round(other) : other;
  return moved === value ? value + 5 * step : moved;
}

/** One letter changed, or all in another order, or as many others. */
function nearText(value: string, { turn, rng }: Pick<Nearby, 'turn' | 'rng'>): string {
  const letters = [...value];
  const letter = (): string => String.fromCharCode(97 + rng.int(26));
  if (turn % 3 === 2 || letters.length === 0) return letters.map(letter).join('') || letter();
  const at = rng.int(letters.length);
  const other = letter();
  letters[at] = letters[at] === other ? `${other}${other}` : other;
  return letters.join('');
}

/** Longer or shorter, and with another element: what waits for a length, and what waits for elements. */
function nearList(value: readonly Json[], { base, turn, rng }: Nearby): Json {
  const old = Array.isArray(base) ? (base as readonly Json[]) : [];
  const length = Math.max(0, value.length + ([1, -1, 2, -2][turn % 4] as number));
  const filler = old.length > 0 ? old : [0];
  const list = Array.from({ length }, (_, at) => value[at] ?? (filler[at % filler.length] as Json));
  const at = rng.int(Math.max(1, Math.min(2, length)));
  const one = list[at];
  if (one === undefined) return list;
  const other = typeof one === 'number' ? nearNumber(one, { turn: turn % 4, rng }) : filler[0];
  return list.with(at, other as Json);
}

function orders({ base, edits }: Plant, rng: Rng): readonly Json[] {
  return Array.from({ length: CONTROLS }, () =>
    edits.reduce((input, { path, value }) => put(input, path, shuffledList(value, rng)), base),
  );
}

function shuffledList(value: Json, rng: Rng): Json {
  const list = [...(value as readonly Json[])];
  for (let at = list.length - 1; at > 0; at--) {
    const other = rng.int(at + 1);
    [list[at], list[other]] = [list[other] as Json, list[at] as Json];
  }
  return list;
}
