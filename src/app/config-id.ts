/** A config as what it is: which study it makes, whatever its threads and its disk space. */
import { contentId, type Hash } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import type { Config } from './config-schema.ts';

/** What `study.opened` says of a config. Threads and disk space never change a study: no part of it. */
export function configId(config: object): Hash {
  const { workers: _workers, storage: _storage, ...identity } = config as Config;
  return contentId(plainJson(identity));
}

/** Config values are plain data: the round trip only drops undefined. */
export function plainJson(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
