/** Text that others wrote (candidates, configs, evaluators) must not drive a terminal or reorder a line. */

/** C0 without tab and line feed, DEL, C1, and the marks that reverse or hide text (CVE-2021-42574). */
const CONTROL =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
/** Whole escape sequences first, so that no `[31m` is left over. */
const ESCAPE_SEQUENCE =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-_])|\u009b[0-?]*[ -/]*[@-~]/g;

/** Unit by unit: some marks lie beyond the first plane. */
function escaped(mark: string): string {
  const units = Array.from({ length: mark.length }, (_, i) => mark.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

/** JSON that says the same and drives no terminal: `JSON.stringify` leaves C1 and what hides text as it is. */
export function quietJson(value: unknown): string {
  return JSON.stringify(value).replace(CONTROL, escaped);
}

/** Halves of pairs, which are no text in UTF-8. */
const HALVES = /\p{Surrogate}/gu;

/** What is not meant to be seen is seen, as `\\u001b`: for cells that programs read on. */
export function escapeControl(text: string): string {
  return text.replace(CONTROL, escaped).replace(HALVES, escaped);
}

/** Keeps tabs and line feeds; everything else that is not meant to be seen goes. */
export function stripControl(text: string): string {
  return text.replace(ESCAPE_SEQUENCE, '').replace(CONTROL, '');
}

/** The same with Windows line ends kept: for sources and patches, which a program may read on. */
export function stripButLineEnds(text: string): string {
  return text.split('\r\n').map(stripControl).join('\r\n');
}

/** The same on one line: white space of any kind becomes one space. */
export function oneLine(text: string): string {
  return stripControl(text).replace(/\s+/g, ' ').trim();
}
