/** The config of a study: its record keeps it to be read, the first entry of its ledger binds it. */
import type { EventBody } from '../core/events.ts';
import { contentId, type Hash } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import { parseConfig } from './config.ts';
import type { Config } from './config-schema.ts';
import { readStudyRecord } from './study-files.ts';

export function recordedConfig(root: string, id: string): Config {
  return parseConfig(readStudyRecord(root, id).config, `the config of ${id}`);
}

/** What `study.opened` says of a config. Threads and disk space never change a study: no part of it. */
export function configId(config: object): Hash {
  const { workers: _workers, storage: _storage, ...identity } = config as Config;
  return contentId(plainJson(identity));
}

/**
 * Whether the record beside a ledger is the one it was opened with. The chain does not cover the
 * record, and commands stand in it: ask before running any of a study that may come from elsewhere.
 */
export function isBoundConfig(
  root: string,
  id: string,
  opened: Pick<EventBody['study.opened'], 'config'>,
): boolean {
  const { config } = readStudyRecord(root, id);
  return typeof config === 'object' && config !== null && configId(config) === opened.config;
}

/** Config values are plain data: the round trip only drops undefined. */
export function plainJson(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
