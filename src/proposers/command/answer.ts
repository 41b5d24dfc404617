/**
 * What the program of a command proposer answered, read as a candidate: whole files or a unified diff.
 * Pure. Whatever else it said is a reason why there is no candidate, in one sentence.
 */

import { said } from '../../core/said.ts';
import { applyDiff } from '../../source/apply-diff.ts';
import type { Files } from '../../tasks/contract.ts';
import type { Answer, Remarks } from '../outside/candidate.ts';

const KEYS: ReadonlySet<string> = new Set(['files', 'patch', 'hypothesis', 'expected']);

/** @param parent The files it was asked to change. */
export function readAnswer(text: string, parent: Files): Answer {
  if (text.trim() === '') return { why: 'It printed nothing on standard output.' };
  // The runner puts this character in the place of bytes that are none; JSON can write it as \ufffd.
  if (text.includes('\ufffd')) return { why: 'Its answer is not UTF-8.' };
  if (text.trimStart().startsWith('{')) return ofJson(text, parent);
  if (/^(diff --git |Index: |--- )/.test(text.trimStart())) {
    return applyDiff(parent, text.trimStart());
  }
  return {
    why: `Its answer is neither a JSON object nor a unified diff; it begins with ${said(text.trimStart().split('\n')[0] ?? '')}.`,
  };
}

function ofJson(text: string, parent: Files): Answer {
  let value: Readonly<Record<string, unknown>>;
  try {
    value = JSON.parse(text);
  } catch {
    return {
      why: 'Its answer begins like a JSON object and is none: something is cut or behind it.',
    };
  }
  const unknown = Object.keys(value).find((key) => !KEYS.has(key));
  if (unknown !== undefined) {
    return { why: `Its answer has the key ${said(unknown)}; write ${[...KEYS].join(', ')}.` };
  }
  const { files, patch, hypothesis, expected } = value;
  const remarks = remarksOf(hypothesis, expected);
  if ('why' in remarks) return remarks;
  if ((files === undefined) === (patch === undefined)) {
    return { ...remarks, why: 'Its answer needs either files or patch, and not both.' };
  }
  const made = files === undefined ? ofPatch(patch, parent) : ofFiles(files, parent);
  return { ...remarks, ...made };
}

function remarksOf(hypothesis: unknown, expected: unknown): Remarks | { readonly why: string } {
  if (hypothesis !== undefined && typeof hypothesis !== 'string') {
    return { why: 'The hypothesis of its answer is no text.' };
  }
  if (expected !== undefined && (typeof expected !== 'number' || !Number.isFinite(expected))) {
    return { why: 'The expected gain of its answer is no finite number.' };
  }
  return {
    ...(hypothesis ? { hypothesis: said(hypothesis, { quotes: false }) } : {}),
    ...(expected === undefined ? {} : { expected }),
  };
}

function ofPatch(patch: unknown, parent: Files): Answer {
  if (typeof patch !== 'string' || patch.trim() === '') return { why: 'Its patch is no text.' };
  return applyDiff(parent, patch);
}

function ofFiles(files: unknown, parent: Files): Answer {
  if (typeof files !== 'object' || files === null || Array.isArray(files)) {
    return { why: 'The files of its answer are no object of texts by their path.' };
  }
  const entries = Object.entries(files);
  if (entries.length === 0) return { why: 'Its answer names no file.' };
  for (const [path, text] of entries) {
    if (!Object.hasOwn(parent, path)) {
      return { why: `Its answer names ${said(path)}, which is not among the editable files.` };
    }
    if (typeof text !== 'string')
      return { why: `The file ${said(path)} of its answer is no text.` };
  }
  return { files: { ...parent, ...files } };
}
