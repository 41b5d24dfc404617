/** A stream of bytes in which a secret does not occur, whatever chunks it comes in: the key an endpoint might say back. */

const IN_ITS_PLACE = Buffer.from('[key]');

/** @param secret Not empty. */
export async function* redacted(
  chunks: AsyncIterable<Uint8Array>,
  secret: string | undefined,
): AsyncGenerator<Uint8Array> {
  if (secret === undefined) {
    yield* chunks;
    return;
  }
  const wanted = Buffer.from(secret);
  let kept: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const [clean, rest] = split(Buffer.concat([kept, chunk]), wanted);
    if (clean.length > 0) yield clean;
    kept = rest;
  }
  if (kept.length > 0) yield kept;
}

/** What may go out, and an end that could be the beginning of the secret. */
function split(bytes: Buffer, wanted: Buffer): readonly [Buffer, Buffer] {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, from)) {
    parts.push(bytes.subarray(from, at), IN_ITS_PLACE);
    from = at + wanted.length;
  }
  let held = Math.min(wanted.length - 1, bytes.length - from);
  while (held > 0 && !bytes.subarray(bytes.length - held).equals(wanted.subarray(0, held))) held--;
  parts.push(bytes.subarray(from, bytes.length - held));
  return [Buffer.concat(parts), bytes.subarray(bytes.length - held)];
}
