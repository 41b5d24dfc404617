/**
 * For people who write parts: the conformance suites every driver passes, ours and yours, and the
 * doubles they are tested with. Needs `fast-check` beside it.
 */
export { type ArchiveSubject, archiveConformance } from './archive-conformance.ts';
export { type EvaluatorSubject, evaluatorConformance } from './evaluator-conformance.ts';
export { type LanguageSubject, languageConformance } from './language-conformance.ts';
export { type ManualClock, manualClock } from './manual-clock.ts';
export { type ProposerSubject, proposerConformance } from './proposer-conformance.ts';
export { type QueueSubject, queueConformance } from './queue-conformance.ts';
export { type SandboxSubject, sandboxConformance } from './sandbox-conformance.ts';
export { type StoreSubject, storeConformance } from './store-conformance.ts';
export type { Suite } from './suite.ts';
export { type TasteSubject, tasteConformance } from './taste-conformance.ts';
