import { stripControl } from '../plain-text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe as text and inside a quoted attribute; every foreign character of a report passes here. */
export function escapeHtml(text: string): string {
  return stripControl(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
