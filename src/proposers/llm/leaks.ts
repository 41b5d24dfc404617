/**
 * What never leaves the machine: text that looks like a secret, by the formats that issuers publish, and the values the
 * caller names. A scan finds what has a form; a password without one it does not see (docs/proposers.md has its misses).
 */

export interface Leak {
  /** What it looks like; never the secret. */
  readonly kind: string;
  /** From 1. */
  readonly line: number;
}

/**
 * The issuers' own prefixes and lengths; most specific first. Repetitions are bounded: a candidate's text is
 * foreign, and an open one takes time by the square of a line.
 */
const FORMATS: readonly (readonly [kind: string, form: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\b/],
  ['a GitLab token', /\bglpat-[\w-]{20,}/],
  ['a Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ['an Anthropic key', /\bsk-ant-[\w-]{20,}/],
  ['an OpenAI key', /\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{32,}/],
  ['a Google API key', /\bAIza[\w-]{35}/],
  ['a Stripe key', /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a PyPI token', /\bpypi-AgEI[\w-]{50,}/],
  ['a Hugging Face token', /\bhf_[A-Za-z0-9]{30,}\b/],
  ['a JSON Web Token', /\beyJ[\w-]{10,512}\.eyJ[\w-]{10,8192}\.[\w-]{10}/],
  ['a password in an address', /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]{1,256}:[^\s/@]{3,256}@/i],
];

/** `password = "…"`, `api_key: …`: a value under a name that says what it is. */
const ASSIGNED =
  /(?:password|passwd|secret|api[_-]?key|access[_-]?key|auth[_-]?token|private[_-]?key)[\w-]{0,64}["']?\s{0,16}(?:[:=]|=>)\s{0,16}["'`]([^"'`\s]{12,256})["'`]/i;

/** Below this many bits a character it is a word or a placeholder. */
const LEAST_ENTROPY = 3;

/** The first that is found. @param secrets Values that are secret whatever they look like. */
export function leakIn(text: string, secrets: readonly string[] = []): Leak | undefined {
  const named = secrets.find((one) => one.length >= SHORTEST_SECRET && text.includes(one));
  if (named !== undefined) {
    return { kind: 'a value of this environment', line: lineOf(text, text.indexOf(named)) };
  }
  for (const [kind, form] of FORMATS) {
    const at = text.search(form);
    if (at >= 0) return { kind, line: lineOf(text, at) };
  }
  const lines = text.split('\n');
  const at = lines.findIndex((line) => {
    const [, value] = ASSIGNED.exec(line) ?? [];
    return value !== undefined && entropyOf(value) >= LEAST_ENTROPY;
  });
  return at < 0 ? undefined : { kind: 'a value under the name of a secret', line: at + 1 };
}

/** A shorter one is a word (`TOKENIZERS_PARALLELISM=false`) and would be found in any text. */
export const SHORTEST_SECRET = 8;

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

/** Shannon's, in bits a character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const one of text) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => {
    const share = count / text.length;
    return sum - share * Math.log2(share);
  }, 0);
}
