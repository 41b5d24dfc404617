import type { Command } from 'commander';
import { writeLedgerLines } from '../../../app/second/ledger-lines.ts';
import { pickStudy } from '../../../app/study-files.ts';
import { helpText } from '../../help.ts';
import { printResult } from '../../output.ts';

interface Options {
  readonly file?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function addLedger(parent: Command): void {
  parent
    .command('ledger')
    .description('Every entry as it is stored, as JSON lines, for a verifier that is not ours')
    .argument('[study]', 'study id (default: the newest here)')
    .option('--file <file>', "write there (default: the study's id with .ledger.jsonl)")
    .option('--force', 'replace the file where it exists')
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'The form, and what is hashed and signed, are in docs/ledger.md. second-verifier.mjs, one file that needs nothing but Node, reads it; paceline verify --second does both.',
          'Of a running study it is what is durable now. JSON: paceline.export-ledger/1.',
        ],
        examples: ['export ledger', 'export ledger bin-packing-7f3a01 --file evidence.jsonl'],
      }),
    )
    .action(async (study: string | undefined, { file, force = false, ...options }: Options) => {
      const root = process.cwd();
      const id = pickStudy(root, study);
      const target = file ?? `${id}.ledger.jsonl`;
      const written = await writeLedgerLines({ root, id }, { file: target, isForced: force });
      printResult(options, { schema: 'paceline.export-ledger/1', study: id, ...written }, [
        `Wrote ${written.seq} entries to ${written.file}.`,
      ]);
    });
}
