/**
 * Paceline as a library.
 *
 *     import { createEngine, loadConfig } from 'paceline';
 *
 *     const { config, root } = loadConfig('paceline.yaml');
 *     const study = await createEngine({ root }).start(config);
 *     console.log(await study.done);
 */
export { loadConfig, parseConfig } from './app/config.ts';
export { type Config, configJsonSchema } from './app/config-schema.ts';
export {
  createEngine,
  type Ending,
  type Engine,
  type EngineOptions,
  type StudyHandle,
} from './app/engine.ts';
export { type HandWritten, readHandWritten } from './app/hand-written.ts';
export { type WrittenReport, writeReport } from './app/report.ts';
export {
  readStatuses,
  type StudyStatus,
  type Unreadable as UnreadableStudy,
} from './app/status.ts';
export type { Steered } from './app/steer-study.ts';
export { listStudies } from './app/study-files.ts';
export { type VerifyReport, verifyStudy } from './app/verify-study.ts';
export type { Claim } from './claims/claim.ts';
export { type AcceptanceRule, defaultRule, ruleHash } from './claims/rule.ts';
export type { Head } from './core/chain.ts';
export type { Clock } from './core/clock.ts';
export { type ErrorCode, EXIT, PacelineError } from './core/errors.ts';
export type { EventBody, EventType, StoredEvent } from './core/events.ts';
export type { Steering } from './core/steering.ts';
export type { Progress, Reporter } from './reporters/contract.ts';
