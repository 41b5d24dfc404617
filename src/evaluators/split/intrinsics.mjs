/**
 * Notices that something changed what all code of this process stands on. A judge that takes a text of an
 * output for a key (`table[row][column] = value`) can be made to write into Object.prototype, and it is the
 * same judge for the next candidate.
 */
// A change of what looks itself is one, too.
const { ownKeys, getOwnPropertyDescriptor } = Reflect;
const { is } = Object;

const WATCHED = [
  ['Object', Object],
  ['Array', Array],
  ['Function', Function],
  ['String', String],
  ['Number', Number],
  ['Boolean', Boolean],
  ['Map', Map],
  ['Set', Set],
  ['Promise', Promise],
  ['RegExp', RegExp],
  ['Date', Date],
].flatMap(([name, made]) => [
  [name, made],
  [`${name}.prototype`, made.prototype],
]);
WATCHED.push(['Math', Math], ['JSON', JSON]);

/** Each key with what stands there, in order. */
function stateOf(object) {
  const state = [];
  for (const key of ownKeys(object)) {
    const { value, get, set } = getOwnPropertyDescriptor(object, key);
    state[state.length] = [key, value, get, set];
  }
  return state;
}

/** @returns What looks whether all is as it is now, and names the first that is not. */
export function watchIntrinsics() {
  const before = WATCHED.map(([name, object]) => ({ name, object, state: stateOf(object) }));
  return () => {
    for (let i = 0; i < before.length; i++) {
      const { name, object, state } = before[i];
      if (isOther(stateOf(object), state)) return name;
    }
    return undefined;
  };
}

function isOther(now, state) {
  if (now.length !== state.length) return true;
  for (let i = 0; i < now.length; i++) {
    for (let part = 0; part < 4; part++) {
      if (!is(now[i][part], state[i][part])) return true;
    }
  }
  return false;
}
