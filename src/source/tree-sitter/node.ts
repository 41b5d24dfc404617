/** A syntax tree as tree-sitter gives it, copied out of the parser's memory as plain data. */

/** What a parser of tree-sitter answers with: the part of its interface that is read here. */
export interface ForeignNode {
  readonly type: string;
  readonly isNamed: boolean;
  readonly isMissing: boolean;
  readonly isError: boolean;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly children: readonly (ForeignNode | null)[];
  fieldNameForChild(index: number): string | null;
}

export interface Node {
  readonly kind: string;
  /** The name of its place in the parent, or ''. */
  readonly field: string;
  readonly named: boolean;
  readonly start: number;
  readonly end: number;
  /** Without comments. */
  readonly children: readonly Node[];
}

/** Levels (included): deeper trees are generated, not written. */
const MAX_LEVELS = 500;

/** The tree, or the offset of the first place that is not of the language. */
export function nodeOf(foreign: ForeignNode): Node | number {
  let fault: number | undefined;
  const copy = (one: ForeignNode, field: string, level: number): Node => {
    if (one.isError || one.isMissing || level > MAX_LEVELS) fault ??= one.startIndex;
    const children: Node[] = [];
    for (const [i, child] of one.children.entries()) {
      if (fault !== undefined) break;
      if (child === null || /comment/.test(child.type)) continue;
      children.push(copy(child, one.fieldNameForChild(i) ?? '', level + 1));
    }
    const { type: kind, isNamed: named, startIndex: start, endIndex: end } = one;
    return { kind, field, named, start, end, children };
  };
  const root = copy(foreign, '', 0);
  return fault ?? root;
}

export function fieldOf({ children }: Node, field: string): Node | undefined {
  return children.find((child) => child.field === field);
}

export function namedOf({ children }: Node): readonly Node[] {
  return children.filter(({ named }) => named);
}
