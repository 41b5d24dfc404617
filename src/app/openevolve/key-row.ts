/** What becomes of one key of a foreign config. */

/**
 * `mapped`: `says` names the key of ours. `record`: it is about logs and files only. `instead`: it steers how
 * OpenEvolve searches, and `says` what Paceline does. `with`: it means nothing without another key, which is
 * refused. `refused`: not what is asked for would happen; `says` why, and what to do.
 */
export type Handling = 'mapped' | 'record' | 'instead' | 'with' | 'refused';

export interface KeyRow {
  readonly key: string;
  readonly how: Handling;
  readonly says: string;
  /** Of a key that is refused: what asks for nothing, besides null and what is empty. */
  readonly harmless?: readonly unknown[];
}
