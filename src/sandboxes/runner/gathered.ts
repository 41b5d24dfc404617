/** Bytes of a stream, bounded. */
export class Gathered {
  private chunks: Buffer[] = [];
  private bytes = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** @returns Whether there was room for it. */
  took(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    if (this.bytes > this.limit) return false;
    this.chunks.push(chunk);
    return true;
  }

  keepLast(chunk: Buffer): void {
    const joined = Buffer.concat([...this.chunks, chunk]);
    this.chunks = [joined.subarray(Math.max(0, joined.length - this.limit))];
  }

  clear(): void {
    this.chunks = [];
    this.bytes = 0;
  }

  text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}
