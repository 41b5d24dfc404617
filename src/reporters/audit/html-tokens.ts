/**
 * The tokens of the HTML this release writes: lower-case tags, double-quoted attributes, five
 * entities. Anything else is not ours and comes out as `strange`.
 */
export type HtmlToken =
  | {
      readonly kind: 'open';
      readonly tag: string;
      readonly attributes: Attributes;
      readonly isEmpty: boolean;
    }
  | { readonly kind: 'close'; readonly tag: string }
  | { readonly kind: 'text' | 'strange'; readonly text: string };

export type Attributes = ReadonlyMap<string, string>;

const TOKEN =
  /<!doctype html>|<\/([a-z0-9]+)>|<([a-z0-9]+)((?:\s+[A-Za-z][A-Za-z0-9-]*(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([A-Za-z][A-Za-z0-9-]*)(?:="([^"]*)")?/g;
/** Elements that never have content. */
const EMPTY = new Set(['meta', 'br']);

/** Each token with the line it begins on, from 1. */
export function* htmlTokens(html: string): Generator<HtmlToken & { readonly line: number }> {
  let line = 1;
  for (let at = 0; at < html.length; ) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(html);
    const raw = match?.[0] ?? html.slice(at, at + 1);
    yield {
      ...(match ? tokenOf(match) : { kind: 'strange', text: html.slice(at, at + 60) }),
      line,
    };
    line += raw.split('\n').length - 1;
    at += raw.length;
  }
}

function tokenOf([raw, closed, opened, attributes = '', slash, text]: RegExpExecArray): HtmlToken {
  if (closed !== undefined) return { kind: 'close', tag: closed };
  if (text !== undefined) return { kind: 'text', text: unescapeHtml(text) };
  if (opened === undefined) return { kind: 'text', text: raw.replace(/.*/, '') };
  const isEmpty = slash === '/' || EMPTY.has(opened);
  return { kind: 'open', tag: opened, attributes: attributesOf(attributes), isEmpty };
}

export function attributesOf(text: string): Attributes {
  return new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, unescapeHtml(value)]),
  );
}

const CHARACTERS: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** Other entities stay as they are: a number hidden in one still shows its digits. */
function unescapeHtml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => CHARACTERS[entity] ?? entity);
}
