/** Recordings of the traffic with models, as a study uses them. */
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import { closeRecording, readCassette } from '../models/cassette.ts';
import { newSecret } from './study-files.ts';

/** Where it is recorded, or taken from instead of a network. */
export type CassetteUse = { readonly record: string } | { readonly replay: string };

/** A replay has the confirm seeds of what was recorded, where that revealed them: it is the same study, and no new evidence. */
export function secretFor(cassette: CassetteUse | undefined): string {
  const replayed =
    cassette && 'replay' in cassette ? readCassette(cassette.replay).secret : undefined;
  return replayed ?? newSecret();
}

/** A second study on the same tape would be replayed with the answers of the first. @throws PacelineError USAGE */
export function refuseUsedTape(cassette: CassetteUse | undefined): void {
  if (cassette === undefined || !('record' in cassette) || !existsSync(cassette.record)) return;
  throw new PacelineError(
    'USAGE',
    `${cassette.record} exists already, and a recording holds one study. Name another file, or remove it.`,
    { file: cassette.record },
  );
}

/** Found out after the first call, it would have been paid for nothing. @throws PacelineError USAGE */
export function refuseUnwritableTape(cassette: CassetteUse | undefined): void {
  if (cassette === undefined || !('record' in cassette)) return;
  const { record: file } = cassette;
  try {
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
  } catch {
    throw new PacelineError(
      'USAGE',
      `${file} cannot be written. Name a file in a folder that is there and yours. Nothing was spent.`,
      { file },
    );
  }
}

/** Once the ledger says it too. */
export function keepRevealed(
  cassette: CassetteUse | undefined,
  { isClosed, secret }: { readonly isClosed: boolean; readonly secret: string },
): void {
  if (cassette && 'record' in cassette && isClosed) closeRecording(cassette.record, secret);
}
