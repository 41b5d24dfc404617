const mix = (n) => Math.imul(n ^ (n >>> 15), 0x9e3779b1) >>> 0;

function insert(node, item, priority) {
  if (node === null) return { item, priority, count: 1, left: null, right: null };
  if (item === node.item) return { ...node, count: node.count + 1 };
  const side = item < node.item ? 'left' : 'right';
  const other = side === 'left' ? 'right' : 'left';
  const child = insert(node[side], item, priority);
  if (child.priority <= node.priority) return { ...node, [side]: child };
  return { ...child, [other]: { ...node, [side]: child[other] } };
}

function* walk(node) {
  if (node === null) return;
  yield* walk(node.left);
  for (let i = 0; i < node.count; i += 1) yield node.item;
  yield* walk(node.right);
}

export function solve(list) {
  let root = null;
  list.forEach((item, i) => {
    root = insert(root, item, mix(i + 1));
  });
  return [...walk(root)];
}
