/**
 * A net as JSON, as it lies in `net` of an improver: its shape, its weights as one row of little-endian 32-bit
 * floats in base64, and their checksum. Weights that are not finite are refused on the way in and out.
 */
import { z } from 'zod';
import { PacelineError } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import type { Json } from '../../core/json.ts';
import type { Language } from '../language.ts';
import { featureCount } from './feature-count.ts';
import type { Net } from './net.ts';

const storedNet = z.strictObject({
  schema: z.literal('paceline/net/1'),
  shape: z.strictObject({
    inputs: z.int().min(1).max(65_536),
    hidden: z.int().min(1).max(4_096),
    outputs: z.int().min(1).max(65_536),
  }),
  /** `first`, `firstBias`, `second`, `secondBias`, `usual`, one after the other. */
  float32: z.base64(),
  /** Of the bytes. */
  checksum: z.string(),
  /** What it was trained on, in numbers. */
  trained: z
    .strictObject({ dreams: z.int().min(0), tasks: z.int().min(0), updates: z.int().min(0) })
    .exactOptional(),
});
export type StoredNet = z.infer<typeof storedNet>;

type Shape = StoredNet['shape'];
const BYTES = 4;

/** Lengths of the five rows. */
const lengths = ({ inputs, hidden, outputs }: Shape): readonly number[] => [
  inputs * hidden,
  hidden,
  outputs * hidden,
  outputs,
  outputs,
];

const invalid = (why: string, data: Readonly<Record<string, Json>>): PacelineError =>
  new PacelineError(
    'IMPROVER_INVALID',
    `The recognition net cannot be used: ${why}. Export the improver again instead of editing it, or set "net" to null.`,
    data,
  );

/** @throws PacelineError IMPROVER_INVALID for a weight that is not finite: the training diverged. */
export function storeNet(net: Net, trained?: StoredNet['trained']): StoredNet {
  const { inputs, hidden, outputs } = net;
  const rows = [net.first, net.firstBias, net.second, net.secondBias, net.usual];
  const total = rows.reduce((sum, row) => sum + row.length, 0);
  const bytes = new DataView(new ArrayBuffer(total * BYTES));
  let at = 0;
  for (const row of rows)
    for (const weight of row) {
      if (!Number.isFinite(weight)) throw notFinite(at);
      bytes.setFloat32(BYTES * at, weight, true);
      at += 1;
    }
  const raw = new Uint8Array(bytes.buffer);
  return {
    schema: 'paceline/net/1',
    shape: { inputs, hidden, outputs },
    float32: Buffer.from(raw).toString('base64'),
    checksum: sha256(raw),
    ...(trained ? { trained } : {}),
  };
}

const notFinite = (place: number): PacelineError =>
  invalid(`its weight ${place} is not a finite number`, { place });

/**
 * @throws PacelineError IMPROVER_INVALID for another schema or shape, altered weights, a weight that is not
 *   finite, or a net of another language.
 */
export function readNet(stored: unknown, language: Language): Net {
  const read = storedNet.safeParse(stored);
  if (!read.success) throw invalid(firstIssue(read.error), {});
  const { shape, float32, checksum } = read.data;
  const needed = { inputs: featureCount(language), outputs: language.primitives.length };
  if (shape.inputs !== needed.inputs || shape.outputs !== needed.outputs)
    throw invalid(
      `it is of another library (${shape.inputs} features and ${shape.outputs} primitives, here ${needed.inputs} and ${needed.outputs})`,
      { shape, needed },
    );
  const bytes = Buffer.from(float32, 'base64');
  const sizes = lengths(shape);
  const expected = BYTES * sizes.reduce((sum, length) => sum + length, 0);
  if (bytes.length !== expected)
    throw invalid(`it has ${bytes.length} bytes of weights, its shape needs ${expected}`, {
      bytes: bytes.length,
      expected,
    });
  if (sha256(bytes) !== checksum)
    throw invalid('its weights are not those its checksum was made of', { checksum });
  const [first, firstBias, second, secondBias, usual] = rowsOf(bytes, sizes) as Rows;
  return { ...shape, first, firstBias, second, secondBias, usual };
}

type Rows = readonly [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];

function rowsOf(bytes: Buffer, sizes: readonly number[]): readonly Float32Array[] {
  let at = 0;
  return sizes.map((length) =>
    Float32Array.from({ length }, () => {
      const weight = bytes.readFloatLE(BYTES * at);
      if (!Number.isFinite(weight)) throw notFinite(at);
      at += 1;
      return weight;
    }),
  );
}

const firstIssue = (error: z.ZodError): string => {
  const [issue] = error.issues;
  const where = issue?.path.join('.');
  return `${where === undefined || where === '' ? 'it' : `"${where}"`}: ${issue?.message ?? 'malformed'}`;
};

/** For people. @throws PacelineError IMPROVER_INVALID for what is no stored net. */
export function netWords(stored: unknown): string {
  const { success, data, error } = storedNet.safeParse(stored);
  if (!success) throw invalid(firstIssue(error), {});
  const { inputs, hidden, outputs } = data.shape;
  const weights = lengths(data.shape).reduce((sum, length) => sum + length, 0);
  const on =
    data.trained === undefined
      ? 'nobody says what it was trained on'
      : `trained on ${data.trained.dreams} programs of its own search and ${data.trained.tasks} solved tasks, ${data.trained.updates} updates`;
  return `${inputs} features of a task, ${hidden} units, ${outputs} primitives, ${weights} weights; ${on}`;
}
