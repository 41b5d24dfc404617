/** The config of a study: its record keeps it to be read, the first entry of its ledger binds it. */
import type { EventBody } from '../core/events.ts';
import { parseConfig } from './config.ts';
import { configId } from './config-id.ts';
import type { Config } from './config-schema.ts';
import { readStudyRecord } from './study-files.ts';

export function recordedConfig(root: string, id: string): Config {
  return parseConfig(readStudyRecord(root, id).config, `the config of ${id}`);
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
