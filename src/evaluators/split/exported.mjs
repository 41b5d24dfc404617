/**
 * Calls a function that a candidate's file exports: params `{ file, export, arguments, output }`, an input is
 * the list of arguments; or `{ file, slots }`, an input is `{ slot, arguments }`.
 */
let loaded;

export async function solve({ candidate, input, params }) {
  loaded ??= await import(`${candidate}/${params.file}`);
  const name = params.slots === undefined ? params.export : slotOf(input, params.slots);
  const called = loaded[name];
  if (typeof called !== 'function') {
    throw new Error(`${params.file} exports no function ${String(name)}`);
  }
  const list = params.slots === undefined ? input : input.arguments;
  if (!Array.isArray(list)) throw new TypeError('an input is the list of its arguments');
  const made = list.map((value, i) => madeOf(value, params.arguments?.[i]));
  const value = await called(...made);
  return params.output === 'arguments' ? made : value;
}

function slotOf(input, slots) {
  if (slots.includes(input?.slot)) return input.slot;
  throw new TypeError(`an input names one of ${slots.join(', ')} as its slot`);
}

function madeOf(value, kind = 'json') {
  return kind === 'json' ? value : globalThis[kind].from(value);
}
