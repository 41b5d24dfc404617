/** What the thread of inner studies is told, and what it answers. */
import type { InnerStudy, InnerStudyRequest } from '../../../tasks/contract.ts';

export interface ToStudies {
  readonly request: InnerStudyRequest;
}

export type FromStudies =
  | { readonly is: 'ready' }
  | { readonly is: 'study'; readonly study: InnerStudy }
  /** The request itself was wrong. */
  | { readonly is: 'refused'; readonly message: string };
