/** Why a signature counts for nothing, in words. */
import type { Hash } from '../core/hash.ts';
import type { Unsigned } from '../core/key-records.ts';
import type { Finding } from './finding.ts';

/** Of an id: enough to find it in `paceline keys list`. */
const SHORT = 'sha256:'.length + 16;

export function faultFinding(fault: Unsigned, key: Hash): Pick<Finding, 'kind' | 'detail'> {
  const name = `key ${key.slice('sha256:'.length, SHORT)}`;
  switch (fault.why) {
    case 'unknown':
      return { kind: 'key-unknown', detail: `${name} is in no record of the signing keys.` };
    case 'made-later':
      return { kind: 'key-unknown', detail: `${name} was made later than that.` };
    case 'replaced':
      return {
        kind: 'key-replaced',
        detail: `another key had taken the place of ${name} by then.`,
      };
    case 'revoked':
      return { kind: 'key-revoked', detail: `${name} was revoked (${fault.reason}).` };
  }
}
