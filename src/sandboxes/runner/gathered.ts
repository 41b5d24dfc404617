/** Bytes of a stream, bounded. */
export class Gathered {
  private chunks: Buffer[] = [];
  private bytes = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  addOr(chunk: Buffer, overflow: () => void): void {
    this.bytes += chunk.length;
    if (this.bytes > this.limit) overflow();
    else this.chunks.push(chunk);
  }

  keepLast(chunk: Buffer): void {
    const joined = Buffer.concat([...this.chunks, chunk]);
    this.chunks = [joined.subarray(Math.max(0, joined.length - this.limit))];
  }

  text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}
