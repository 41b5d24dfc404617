/**
 * Two clocks that run from the moment an incident was opened, in wall time of this machine. They remind;
 * whether a law applies is for whoever runs the study to find out.
 */

export interface IncidentClock {
  readonly name: '24 h' | '15 days';
  /** What asks for a report by then. */
  readonly for: string;
  /** ms since 1970. */
  readonly dueAtMs: number;
  /** Negative once it is over. */
  readonly leftMs: number;
}

const HOUR_MS = 3_600_000;

/**
 * Regulation (EU) 2024/1689 (AI Act), Article 73(2): serious incidents of high-risk systems, 15 days after
 * becoming aware at the latest. California SB 53 (2025): critical safety incidents of frontier models, 15
 * days; 24 hours where there is an imminent risk of death or serious injury.
 */
const CLOCKS = [
  { name: '24 h', hours: 24, for: 'danger to life: California SB 53' },
  {
    name: '15 days',
    hours: 15 * 24,
    for: 'serious incidents: EU AI Act, Article 73; California SB 53',
  },
] as const;

export function clocksOf(openedAtMs: number, nowMs: number): readonly IncidentClock[] {
  return CLOCKS.map(({ name, hours, for: what }) => {
    const dueAtMs = openedAtMs + hours * HOUR_MS;
    return { name, for: what, dueAtMs, leftMs: dueAtMs - nowMs };
  });
}
