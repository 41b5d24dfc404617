/**
 * Steps of a program: how often a function or the body of a loop begins. The same program and input
 * take the same steps on every machine, however busy; what runs inside a call of the language itself
 * (a sort, a regular expression) takes none, so the wall clock stands beside.
 */
import { parseSync, visitorKeys } from 'oxc-parser';

const LOOPS = new Set([
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
]);
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** @returns The module's text, in which each step calls the function `name` first. */
export function counted(file, text, name) {
  const { program, errors } = parseSync(file, text, { lang: 'js', sourceType: 'module' });
  const [first] = errors;
  if (first !== undefined) throw new SyntaxError(`${file}: ${first.message}`);
  const inserts = [];
  const waiting = [program];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (!node) continue; // A hole in a list, or a part that is not there.
    if (LOOPS.has(node.type) || FUNCTIONS.has(node.type)) inserts.push(...stepAt(node.body, name));
    for (const key of visitorKeys[node.type] ?? []) waiting.push(...[node[key]].flat());
  }
  return spliced(text, inserts);
}

/** A block counts behind its brace; what is none becomes one, or a pair of expressions. */
function stepAt(body, name) {
  if (body === null) return [];
  if (body.type === 'BlockStatement' || body.type === 'FunctionBody') {
    return [{ at: body.start + 1, text: `${name}();` }];
  }
  const [open, close] = body.type.endsWith('Statement')
    ? [`{${name}();`, '}']
    : [`(${name}(),`, ')'];
  return [
    { at: body.start, text: open },
    { at: body.end, text: close, isClosing: true },
  ];
}

/** At one place what is inside closes first, and closing comes before opening. */
function spliced(text, inserts) {
  const ordered = inserts
    .map((insert, order) => ({ ...insert, order }))
    .sort((a, b) => a.at - b.at || rank(a) - rank(b));
  let [out, from] = ['', 0];
  for (const { at, text: added } of ordered) {
    out += text.slice(from, at) + added;
    from = at;
  }
  return out + text.slice(from);
}

/** The walk meets what is outside first. */
function rank({ isClosing, order }) {
  return isClosing ? -order : 1e9 + order;
}
