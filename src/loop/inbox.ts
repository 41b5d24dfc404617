import type { SteeringLetter } from '../core/steering.ts';

export interface Waiting extends SteeringLetter {
  readonly id: string;
}

/** Where people leave what they have to say. What cannot be read never arrives here. */
export interface Inbox {
  /** Oldest first. */
  waiting(): Promise<readonly Waiting[]>;
  /** It is in the ledger, durably. */
  taken(id: string): Promise<void>;
  /** It cannot be taken up: kept beside, with the reason. */
  refuse(id: string, why: string): Promise<void>;
}
