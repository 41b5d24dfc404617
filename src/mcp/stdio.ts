/** The server over standard input and output: for a client that starts us, and that we end with. */
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { buildServer } from './server.ts';

/** A proposal has room; whoever sends more than that in one message is cut off. */
const LARGEST_MESSAGE = 16 * 1024 * 1024;

export async function serveStdio(root: string): Promise<void> {
  const transport = new StdioServerTransport(process.stdin, process.stdout, {
    maxBufferSize: LARGEST_MESSAGE,
  });
  await buildServer(root).connect(transport);
}
