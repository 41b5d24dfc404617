/** The deep audit beside the search. */
import type { AuditAnswer } from '../gatekeeper/contract.ts';

export interface UnderWay {
  readonly audit: number;
  readonly result: Promise<AuditAnswer>;
}
