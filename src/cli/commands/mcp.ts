import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { integer } from '../../app/overrides.ts';
import { PacelineError } from '../../core/errors.ts';
import { helpText } from '../help.ts';
import { printResult } from '../output.ts';

interface Options {
  readonly http?: string;
  readonly host: string;
  readonly json?: boolean;
}

export function addMcp(program: Command): void {
  program
    .command('mcp')
    .description('A server for coding agents: read studies, propose, and nothing else')
    .argument('[directory]', 'folder of the studies (default: this one)')
    .option('--http <port>', 'Streamable HTTP on loopback instead of stdio; 0 takes any free port')
    .option('--host <address>', 'with --http: 127.0.0.1, ::1 or localhost', '127.0.0.1')
    .option('--json', 'with --http: print address and token as JSON')
    .addHelpText('after', helpText(HELP))
    .action(serve);
}

const LAST_PORT = 65_535;

const HELP = {
  notes: [
    'The Model Context Protocol. Tools: list_studies, read_study, read_incumbent, read_evidence, read_lessons, submit_proposal, proposal_status, follow_ons. None can approve, change a gate or a budget, or read what is sealed. What is submitted is tried like any other candidate and believed no more. See docs/mcp.md. JSON: paceline.mcp/1.',
    'Over stdio the client starts it, and it ends with the client. With --http it wants a token that is printed once, at the start.',
  ],
  examples: ['mcp', 'mcp ~/work/estimate', 'mcp --http 0'],
};

async function serve(directory = '.', { http, host, json }: Options): Promise<void> {
  const root = resolve(directory);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new PacelineError(
      'USAGE',
      `There is no folder ${root}. Name the one with your studies.`,
      {
        root,
      },
    );
  }
  if (http === undefined) {
    const { serveStdio } = await import('../../mcp/stdio.ts');
    return serveStdio(root);
  }
  const port = integer('--http', http);
  if (port > LAST_PORT) {
    throw new PacelineError('USAGE', `--http takes a port up to ${LAST_PORT}, not ${port}.`, {
      port,
    });
  }
  const { serveHttp } = await import('../../mcp/http.ts');
  const { url, token, close } = await serveHttp({ root, host, port });
  printResult(json ? { json } : {}, { schema: 'paceline.mcp/1', url, token }, [
    `Serving ${root} at ${url}`,
    `Token, shown once: ${token}`,
    'Clients send it as Authorization: Bearer <token>. Ctrl-C ends the server.',
  ]);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, close);
}
