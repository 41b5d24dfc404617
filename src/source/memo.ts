/** Texts kept: parent, mate and child are each looked at several times. A memo, never state. */
const MEMO_SIZE = 64;

/** The same function, which remembers its last answers. */
export function memoised<T>(make: (text: string) => T): (text: string) => T {
  const memo = new Map<string, T>();
  return (text) => {
    const known = memo.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (memo.size >= MEMO_SIZE) memo.clear();
    memo.set(text, made);
    return made;
  };
}
