/** What of the safety loop a person should know at a glance: for `status`. */
import type { Ledger } from '../stores/contract.ts';

export interface SafetyStatus {
  /** Numbers of the incidents that nobody has closed. */
  readonly openIncidents?: readonly number[];
  /** The second place has no root since `generation` (0: none at all), and why. */
  readonly unpublished?: {
    readonly place: string;
    readonly generation: number;
    readonly why: string;
  };
}

const TYPES = ['incident.opened', 'incident.closed', 'root.published'] as const;

export async function safetyStatus(ledger: Pick<Ledger, 'read'>): Promise<SafetyStatus> {
  const open = new Set<number>();
  let published = 0;
  let unpublished: SafetyStatus['unpublished'];
  for await (const page of ledger.read(0, { types: TYPES })) {
    for (const event of page) {
      if (event.type === 'incident.opened') open.add(event.body.incident);
      if (event.type === 'incident.closed') open.delete(event.body.incident);
      if (event.type !== 'root.published') continue;
      const { generation, place, failed } = event.body;
      if (failed === undefined) published = generation;
      unpublished =
        failed === undefined ? undefined : { place, generation: published, why: failed };
    }
  }
  return {
    ...(open.size > 0 ? { openIncidents: [...open] } : {}),
    ...(unpublished ? { unpublished } : {}),
  };
}
