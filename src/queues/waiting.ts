/** What waits for a worker, the most urgent first. */

export interface Waiting {
  /** Smaller is sooner. */
  readonly order: number;
}

/** Behind all that is as urgent; a scan from the end, where most requests belong. */
export function enqueue<T extends Waiting>(waiting: T[], one: T): void {
  let at = waiting.length;
  while (at > 0 && (waiting[at - 1]?.order ?? 0) > one.order) at -= 1;
  waiting.splice(at, 0, one);
}
