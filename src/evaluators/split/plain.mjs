/**
 * An output as JSON holds it, or why it cannot. What JSON would turn into something else without a word is
 * refused: NaN and a hole in a list become null, which arithmetic takes for 0, a Map becomes an empty object.
 */
import { types } from 'node:util';

const { parse, stringify } = JSON;
const { isFinite } = Number;
const { isArray, from } = Array;
const { isTypedArray, isDate } = types;

/** Of any realm, with what they are called. */
const UNHELD = [
  [types.isMap, 'a Map'],
  [types.isSet, 'a Set'],
  [types.isPromise, 'a promise: await it'],
  [types.isNativeError, 'an error'],
  [types.isRegExp, 'a regular expression'],
  [types.isBoxedPrimitive, 'a number or text as an object'],
  [types.isAnyArrayBuffer, 'an ArrayBuffer'],
  [types.isDataView, 'a DataView'],
];

/** Taken apart here, where what it does to that is its own harm. */
export function plain(output) {
  if (typeof output === 'number' && isFinite(output)) return output;
  const text = stringify(output, held);
  if (text === undefined) throw new TypeError('solve gave what JSON cannot hold');
  return parse(text);
}

function held(key, value) {
  if (typeof value === 'number') {
    if (!isFinite(value)) throw new RangeError(`solve gave ${value}`);
    return value;
  }
  if (typeof value !== 'object') {
    const isLost = value === undefined || typeof value === 'function' || typeof value === 'symbol';
    if (isLost && isArray(this)) throw new TypeError(`solve gave ${typeof value} in a list`);
    return value;
  }
  if (value === null) {
    if (isDate(this[key])) throw new RangeError('solve gave a date that is none');
    return value;
  }
  if (isArray(value)) return value;
  if (isTypedArray(value)) return from(value);
  for (const [is, name] of UNHELD) {
    if (is(value)) throw new TypeError(`solve gave what JSON cannot hold: ${name}`);
  }
  return value;
}
