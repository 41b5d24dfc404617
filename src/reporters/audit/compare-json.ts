/** report.json against what the ledger gives: value by value, and nothing beside it. */
import type { Json } from '../../core/json.ts';
import { jsonDifferences } from '../../core/json-differences.ts';
import { type AuditFinding, quoted, WRITE_AGAIN } from './finding.ts';

export function compareJson(written: Json, fresh: Json): readonly AuditFinding[] {
  return jsonDifferences(written, fresh).map(({ at, found, due }) => ({
    place: `report.json ${at || 'as a whole'}`,
    text: `says ${quoted(textOf(found))}, the ledger gives ${quoted(textOf(due))}.`,
    advice: WRITE_AGAIN,
  }));
}

function textOf(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
