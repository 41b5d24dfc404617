/** report.json against what the ledger gives: value by value, and nothing beside it. */
import type { Json } from '../../core/json.ts';
import { type AuditFinding, quoted, WRITE_AGAIN } from './finding.ts';

export function compareJson(written: Json | undefined, due: Json): readonly AuditFinding[] {
  return differing(written, due, '').map(({ at, found, is }) => ({
    place: `report.json ${at}`,
    text: `says ${quoted(textOf(found))}, the ledger gives ${quoted(textOf(is))}.`,
    advice: WRITE_AGAIN,
  }));
}

interface Difference {
  readonly at: string;
  readonly found: Json | undefined;
  readonly is: Json | undefined;
}

function differing(
  found: Json | undefined,
  is: Json | undefined,
  at: string,
): readonly Difference[] {
  if (!isNested(found) || !isNested(is) || Array.isArray(found) !== Array.isArray(is)) {
    return JSON.stringify(found) === JSON.stringify(is)
      ? []
      : [{ at: at || 'as a whole', found, is }];
  }
  const [ours, theirs] = [Object.entries(found), Object.entries(is)].map(
    (entries) => new Map<string, Json>(entries),
  );
  const keys = [...new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])])];
  return keys.flatMap((key) =>
    differing(ours?.get(key), theirs?.get(key), at === '' ? key : `${at}.${key}`),
  );
}

function isNested(value: Json | undefined): value is Json & object {
  return typeof value === 'object' && value !== null;
}

function textOf(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
