/** Whether an agent may do what it asks for, by the rules of the config. Pure. */
import type { RequestPermissionRequest, RequestPermissionResponse } from '@agentclientprotocol/sdk';
import { said } from '../../core/said.ts';
import type { Step } from '../../core/steps.ts';
import { fieldsOf } from './steps.ts';

/** Kinds of tools, as the protocol names them. */
export const TOOL_KINDS = [
  'read',
  'edit',
  'delete',
  'move',
  'search',
  'execute',
  'think',
  'fetch',
  'switch_mode',
  'other',
] as const;

export type ToolKind = (typeof TOOL_KINDS)[number];
export type Rules = Readonly<Record<ToolKind, 'allow' | 'reject'>>;

/** In a jail all of it stays there; but there is no network to fetch from. */
export const JAILED: Rules = {
  read: 'allow',
  edit: 'allow',
  delete: 'allow',
  move: 'allow',
  search: 'allow',
  execute: 'allow',
  think: 'allow',
  fetch: 'reject',
  switch_mode: 'reject',
  other: 'allow',
};

/** With the user's rights: what could reach beyond the worktree is asked of nobody, and refused. */
export const UNJAILED: Rules = {
  ...JAILED,
  delete: 'reject',
  move: 'reject',
  execute: 'reject',
  other: 'reject',
};

/** Asked for more often, the turn is over. */
export const MOST_ASKED = 256;

export interface Decision {
  readonly response: RequestPermissionResponse;
  readonly step: Step;
}

/** @param folder Its worktree: a place outside is refused whatever the rule. */
export function decide(request: RequestPermissionRequest, rules: Rules, folder: string): Decision {
  const tool = fieldsOf(fieldsOf(request).toolCall);
  const kind = TOOL_KINDS.find((one) => one === tool.kind) ?? 'other';
  const away = placesOf(tool).find((path) => !isWithin(path, folder));
  const isAllowed = rules[kind] === 'allow' && away === undefined;
  const title = typeof tool.title === 'string' ? said(tool.title, { quotes: false }) : kind;
  const why = away === undefined ? '' : `: ${said(away)} lies outside its worktree`;
  const step: Step = {
    kind: 'permission',
    says: `${isAllowed ? 'allowed' : 'refused'} (${kind}) ${title}${why}`,
  };
  return { response: answerOf(request, isAllowed), step };
}

/** Once, never for good: the next one is looked at again. */
function answerOf(
  request: RequestPermissionRequest,
  isAllowed: boolean,
): RequestPermissionResponse {
  const options = Array.isArray(request.options) ? request.options : [];
  const wanted = isAllowed ? ['allow_once', 'allow_always'] : ['reject_once', 'reject_always'];
  for (const kind of wanted) {
    const option = options.find((one) => fieldsOf(one).kind === kind);
    if (option) return { outcome: { outcome: 'selected', optionId: option.optionId } };
  }
  return { outcome: { outcome: 'cancelled' } };
}

function placesOf({ locations, content }: Readonly<Record<string, unknown>>): readonly string[] {
  const listed = [locations, content].flatMap((one) => (Array.isArray(one) ? one : []));
  return listed.flatMap((one) => {
    const { path } = fieldsOf(one);
    return typeof path === 'string' ? [path] : [];
  });
}

function isWithin(path: string, folder: string): boolean {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const plain = `/${parts.join('/')}`;
  return plain === folder || plain.startsWith(`${folder}/`);
}
