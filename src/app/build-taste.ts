/** The taste of a study: what its first entry says of it, and the driver. */
import type { TastePromise } from '../core/forecast.ts';
import type { Taste } from '../tastes/contract.ts';
import { uniformTaste } from '../tastes/uniform.ts';
import type { Config } from './config-schema.ts';

/** One that chooses nothing looks at one draft, and all of its trials are scored. */
export function tasteRecord({ taste }: Config): TastePromise {
  return taste.use === 'uniform' ? { use: 'uniform', drafts: 1, explore: 1 } : taste;
}

export function tasteOf(_config: Config): Taste {
  return uniformTaste() as Taste;
}
