/** Incidents are numbered as they are opened, and closed by what a person said and by nothing else. */
import type { StoredEvent } from '../core/events.ts';
import { sameRecord } from './agreement.ts';
import type { Complain, Evidence } from './evidence.ts';

export function checkIncident(
  { steering }: Evidence,
  { body: { incident } }: StoredEvent<'incident.opened'>,
  complain: Complain,
): void {
  const due = steering.incidents + 1;
  if (incident !== due) complain('order', `Opens incident ${incident}; the next is ${due}.`);
  steering.incidents = Math.max(due, incident);
  steering.openIncidents.add(incident);
}

export function checkIncidentClosed(
  { steering }: Evidence,
  { body }: StoredEvent<'incident.closed'>,
  complain: Complain,
): void {
  const { closing } = steering;
  if (!steering.openIncidents.delete(body.incident)) {
    complain('order', `Incident ${body.incident} was not open.`);
  }
  if (!closing || !sameRecord(body, closing)) {
    complain('decision', `Nobody said that incident ${body.incident} is closed, or not so.`);
  }
  steering.closing = undefined;
}
