/** Frames of a conversation: a length of four bytes, big-endian, and that many bytes of JSON in UTF-8. */

const LENGTH_BYTES = 4;

export function frame(value: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(value), 'utf8');
  const head = Buffer.alloc(LENGTH_BYTES);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

/** Puts frames together from the chunks in which they come; how much may come is the caller's to bound. */
export class FrameReader {
  private chunks: Buffer[] = [];
  private bytes = 0;
  /** Of the frame that comes, once its head is there. */
  private length: number | undefined;

  /** The bodies that are whole with this chunk, in order. */
  push(chunk: Uint8Array): readonly Buffer[] {
    this.chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
    this.bytes += chunk.length;
    const whole: Buffer[] = [];
    for (let body = this.next(); body !== undefined; body = this.next()) whole.push(body);
    return whole;
  }

  private next(): Buffer | undefined {
    this.length ??= this.take(LENGTH_BYTES)?.readUInt32BE();
    if (this.length === undefined) return undefined;
    const body = this.take(this.length);
    if (body !== undefined) this.length = undefined;
    return body;
  }

  /** Joined only when there is enough: a long frame in small chunks costs no more than its length. */
  private take(count: number): Buffer | undefined {
    if (this.bytes < count) return undefined;
    const joined = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks);
    const all = joined ?? Buffer.alloc(0);
    this.bytes -= count;
    this.chunks = this.bytes === 0 ? [] : [all.subarray(count)];
    return all.subarray(0, count);
  }
}
