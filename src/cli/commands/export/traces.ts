import type { Command } from 'commander';
import { type Posted, traceSink, tracesUrl } from '../../../app/post-traces.ts';
import { PacelineError } from '../../../core/errors.ts';
import { stripControl } from '../../../reporters/plain-text.ts';
import { countText } from '../../../reporters/report/number-text.ts';
import { type DataOptions, runExport } from '../../export-data.ts';
import { helpText } from '../../help.ts';

interface Options extends DataOptions {
  readonly endpoint?: string;
}

const SCHEMA = 'paceline.export-traces/1';

export function addTraces(parent: Command): void {
  parent
    .command('traces')
    .description(
      'OpenTelemetry traces: the study, its trials, what was measured and asked of models',
    )
    .argument('[study]', 'study id (default: the newest here)')
    .option('--file <file>', 'write there instead of printing')
    .option('--endpoint <url>', 'send to a collector instead, for example http://127.0.0.1:4318')
    .option('--force', 'replace the file where it exists')
    .option('--json', 'print what was written or sent as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Lines of OTLP JSON, up to 512 spans each. Calls to models follow the conventions for generative AI (gen_ai.*). Ids are parts of digests of the ledger: exporting again makes the same spans. No source and no prompt is in them.',
          'JSON: paceline.export-traces/1.',
        ],
        examples: [
          'export traces --file traces.jsonl',
          'export traces bin-packing-7f3a01 --endpoint http://127.0.0.1:4318',
        ],
      }),
    )
    .action((study: string | undefined, options: Options) => {
      const { endpoint } = options;
      if (endpoint === undefined)
        return runExport(options, { schema: SCHEMA, study, format: 'otel' });
      if (options.file !== undefined)
        throw new PacelineError('USAGE', 'Traces go to --file or to --endpoint. Leave one out.');
      return send(study, options, tracesUrl(endpoint));
    });
}

function send(study: string | undefined, options: Options, url: URL): Promise<void> {
  const posted: Posted = { spansRejected: 0, says: undefined };
  return runExport(options, {
    schema: SCHEMA,
    study,
    format: 'otel',
    sink: traceSink(url, posted),
    said: () => ({
      json: { endpoint: url.href, rejected: posted.spansRejected },
      line: `Sent to ${url.href}${rejectedWords(posted)}.`,
    }),
  });
}

function rejectedWords({ spansRejected, says }: Posted): string {
  if (spansRejected === 0) return '';
  const why = says === undefined ? '' : `: ${stripControl(says)}`;
  return `, which rejected ${countText(spansRejected)} spans${why}`;
}
