/**
 * What a promoted change works by, as far as its text tells: the operator that made it, the places it touches
 * (files, slots), and the kinds of tokens it adds or takes away. Read from words, not from meaning: one idea
 * written in two ways counts as two.
 */

export interface Mechanism {
  readonly operator: string;
  readonly places: ReadonlySet<string>;
  /** `+call:sort`, `-if`, `number` where one was changed. */
  readonly tokens: ReadonlySet<string>;
}

/** Words, numbers, operators of up to three characters. */
const TOKEN = /[A-Za-z_$][\w$]*(?=\s*\()|[A-Za-z_$][\w$]*|\d[\w.]*|[^\s\w"'`;,(){}[\]]{1,3}/g;
const KEYWORD =
  /^(?:if|else|for|while|do|switch|case|return|try|catch|throw|new|await|async|yield|break|continue|function|class|def|lambda|in|of|and|or|not|null|None|true|false)$/;

export function mechanismOf(operator: string, from: string, to: string): Mechanism {
  const [before, after] = [placesOf(from), placesOf(to)];
  const names = new Set([...before.keys(), ...after.keys()]);
  const touched = [...names].filter((name) => before.get(name) !== after.get(name));
  const tokens = touched.flatMap((name) =>
    changedTokens(before.get(name) ?? '', after.get(name) ?? ''),
  );
  return { operator, places: new Set(touched), tokens: new Set(tokens) };
}

/**
 * A third each: the same operator, the places both touch, the tokens both change (Jaccard). In [0, 1].
 */
export function likeness(a: Mechanism, b: Mechanism): number {
  const same = a.operator === b.operator ? 1 : 0;
  return (same + jaccard(a.places, b.places) + jaccard(a.tokens, b.tokens)) / 3;
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((one) => b.has(one)).length;
  const either = a.size + b.size - both;
  return either === 0 ? 1 : both / either;
}

/** Files of a program, slots of a forest; any other text is one place. */
function placesOf(text: string): ReadonlyMap<string, string> {
  const parsed = recordIn(text);
  if (parsed === undefined) return new Map([['text', text]]);
  const { files } = parsed as { readonly files?: unknown };
  const parts = isRecord(files) ? files : parsed;
  return new Map(
    Object.entries(parts).map(([name, part]) => [
      name,
      typeof part === 'string' ? part : callText(part),
    ]),
  );
}

/** A tree of a forest as calls: its operators are what it computes with. */
function callText(node: unknown): string {
  if (!Array.isArray(node)) return JSON.stringify(node) ?? '';
  const [op, ...rest] = node as readonly unknown[];
  if (op === 'c' || op === 'v') return String(rest[0]);
  if (typeof op !== 'string') return node.map(String).join(' ');
  return `${op}(${rest.map(callText).join(', ')})`;
}

function recordIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function changedTokens(from: string, to: string): readonly string[] {
  const [before, after] = [countsOf(from), countsOf(to)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((token) => {
    const more = (after.get(token) ?? 0) - (before.get(token) ?? 0);
    if (more === 0) return [];
    const kind = kindOf(token);
    return kind === 'number' || kind === 'name' ? [kind] : [`${more > 0 ? '+' : '-'}${kind}`];
  });
}

function countsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { 0: word, index } of text.matchAll(TOKEN)) {
    const isCall = /^\s*\(/.test(text.slice(index + word.length));
    const token = isCall && !KEYWORD.test(word) ? `${word}(` : word;
    counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  return counts;
}

/** Numbers and names are alike; what is called, what steers and what computes are not. */
function kindOf(token: string): string {
  if (/^\d/.test(token)) return 'number';
  if (token.endsWith('(')) return `call:${token.slice(0, -1)}`;
  if (KEYWORD.test(token)) return token;
  return /^[A-Za-z_$]/.test(token) ? 'name' : token;
}
