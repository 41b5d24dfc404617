/** One layout for every program: a statement a line, one blank between tokens, no comments. */
import type { Node } from './node.ts';
import type { Shape } from './shape.ts';

/** Kinds whose inner white space means something. */
const VERBATIM = /string|char|heredoc|preproc/;

export function normalForm(text: string, root: Node, shape: Shape): string {
  const lines: string[] = [];
  let line: string[] = [];
  const flush = (depth: number): void => {
    if (line.length > 0) lines.push('    '.repeat(shape.indents ? depth : 0) + line.join(' '));
    line = [];
  };
  const emit = (node: Node, depth: number): void => {
    if (node.children.length === 0 || VERBATIM.test(node.kind)) {
      const token = text.slice(node.start, node.end).trim();
      if (token !== '') line.push(token);
      return;
    }
    const isBlock = shape.blocks.includes(node.kind);
    const inner = depth + (isBlock && node.field !== '' && shape.indents ? 1 : 0);
    if (isBlock) flush(depth);
    for (const child of node.children) {
      emit(child, inner);
      if (isBlock && child.named) flush(inner);
    }
  };
  emit(root, 0);
  flush(0);
  return `${lines.join('\n')}\n`;
}
