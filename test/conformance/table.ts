/**
 * Every file of a role beside its contract: the suite that holds it to the contract, or the reason
 * why none can. A new file without a row fails test/architecture.test.ts. Parts in a driver's own
 * folder (`evaluators/command/…`) belong to their driver and need no row.
 */
export type ConformanceTable = Readonly<
  Record<string, Readonly<Record<string, { readonly suite: string } | { readonly reason: string }>>>
>;

const heldBy = (role: string) => ({ suite: `test/conformance/${role}.test.ts` });
const because = (reason: string) => ({ reason });
const ofSqlite = because('a part of sqlite.ts, held with it');
const ofReport = because('a part of the report, held to the ledger by its own tests');
const ofFloor = because('a check of the floor: its own test plants what it has to see');
const watches = because('all hooks are optional: its own tests hold it to what it prints');

const ofGatekeeper = because('the process that judges: its own tests and guarantees hold it');

export const CONFORMANCE: ConformanceTable = {
  approvers: {
    'person.ts': heldBy('approvers'),
  },
  archives: {
    'islands.ts': heldBy('archives'),
    'map-elites.ts': heldBy('archives'),
    'pareto.ts': heldBy('archives'),
  },
  evaluators: {
    'command.ts': heldBy('evaluators'),
    'function.ts': heldBy('evaluators'),
    'inner-study.ts': heldBy('evaluators'),
    'interpreted.ts': heldBy('evaluators'),
    'null.ts': heldBy('evaluators'),
    'outcome.ts': because('turns answers into outcomes for command.ts and interpreted.ts'),
    'python-evaluate.ts': heldBy('evaluators'),
    'simulated.ts': heldBy('evaluators'),
    'split.ts': heldBy('evaluators'),
    'stopwatch.ts': because('a clock around any evaluator, held by src/gates/c10-timing.test.ts'),
    'timed.ts': heldBy('evaluators'),
  },
  gatekeeper: {
    'all-or-none.ts': because('many at a time, held by its own test'),
    'audit.ts': ofGatekeeper,
    'bench.ts': ofGatekeeper,
    'client.ts': ofGatekeeper,
    'covers.ts': ofGatekeeper,
    'evidence.ts': ofGatekeeper,
    'examine.ts': ofGatekeeper,
    'judge.ts': ofGatekeeper,
    'key-files.ts': ofGatekeeper,
    'keys.ts': ofGatekeeper,
    'known.ts': ofGatekeeper,
    'lineage.ts': ofGatekeeper,
    'messages.ts': ofGatekeeper,
    'qualification.ts': ofGatekeeper,
    'qualify.ts': ofGatekeeper,
    'rating.ts': ofGatekeeper,
    'missed.ts': because('pure: missed.test.ts plants what the floor let pass'),
    'told.ts': because('pure: told.test.ts tells each ms once'),
    'ration.ts': ofGatekeeper,
    'remote.ts': ofGatekeeper,
    'series.ts': ofGatekeeper,
    'serve.ts': ofGatekeeper,
    'traps.ts': ofGatekeeper,
  },
  gates: {
    'c1-jail.ts': ofFloor,
    'c10-timing.ts': ofFloor,
    'c13-triggers.ts': ofFloor,
    'c2-tampering.ts': ofFloor,
    'c3-non-inferiority.ts': ofFloor,
    'c4-gap.ts': ofFloor,
    'c5-properties.ts': ofFloor,
    'c9-mutation.ts': ofFloor,
    'properties.ts': because(
      'its test plants checks that cannot be used, and candidates that break them',
    ),
    'c4-holdout.ts': heldBy('gates'),
    'adequacy.ts': because(
      'what c5-properties.ts and c9-mutation.ts read; their test plants faults',
    ),
    'c6-memorisation.ts': ofFloor,
    'c7-impossible.ts': ofFloor,
    'c8-tells.ts': ofFloor,
    'c16-scope.ts': ofFloor,
    'floor.ts': because('pure: floor.test.ts holds what applies and what findings come to'),
    'kept.ts': because('what both checks share: read, add, refuse an older copy'),
    'paired.ts': because('pairs on secret cases, for c3-non-inferiority.ts and c10-timing.ts'),
    'pool-bit.ts': heldBy('gates'),
    'record-file.ts': heldBy('gates'),
    'sentence.ts': because('pure: sentence.test.ts holds full stops, quotes, counts and seconds'),
    'telemetry.ts': because('what c2-tampering.ts reads; its test plants what is missing'),
  },
  models: {
    'ai-sdk.ts': because('held to the contract over HTTP by its own test'),
    'cassette.ts': because('held to the contract by its own test'),
    'patience.ts': because('when a call is made again, for patient.ts'),
    'patient.ts': because('held to the contract by its own test'),
    'prices.ts': because('a table, and arithmetic held by patient.test.ts'),
    'relay.ts': because('held to the contract over HTTP by its own test'),
    'tokens.ts': because('counts, held by its own test and patient.test.ts'),
    'without-secrets.ts': because('what a reply may hold, held by cassette.test.ts'),
  },
  proposers: {
    'agent.ts': heldBy('proposers'),
    'cma-es.ts': heldBy('proposers'),
    'command.ts': heldBy('proposers'),
    'genetic.ts': heldBy('proposers'),
    'library.ts': heldBy('proposers'),
    'llm.ts': heldBy('proposers'),
    'local-search.ts': heldBy('proposers'),
    'no-op.ts': heldBy('proposers'),
    'random.ts': heldBy('proposers'),
    'scripted.ts': heldBy('proposers'),
    'taped.ts': because(
      'stands for others: test/cli/agent.long.test.ts replays a study to its digest',
    ),
  },
  queues: {
    'inline.ts': heldBy('queues'),
    'slots.ts': heldBy('queues'),
    'threads.ts': heldBy('queues'),
    'worker-dev.mjs': because('worker-main.ts for a run from source'),
    'worker-main.ts': because('entry of the threads that threads.ts starts'),
    'waiting.ts': because('the order of what waits, in both queues that have more than one worker'),
  },
  reporters: {
    'audit.ts': ofReport,
    'facts.ts': ofReport,
    'html.ts': ofReport,
    'json.ts': ofReport,
    'markdown.ts': ofReport,
    'plain-text.ts': because('strips control characters for every reporter'),
    'terminal.ts': watches,
    'verdict.ts': ofReport,
    'csv.ts': because('read back beside the other formats in src/reporters/exports.test.ts'),
    'inspect-log.ts': because(
      "held against Inspect's classes in src/reporters/inspect-log.test.ts",
    ),
    'jsonl.ts': because('read back beside the other formats in src/reporters/exports.test.ts'),
    'otel.ts': because('held against the official transformer in src/reporters/otel.test.ts'),
    'parquet.ts': because('read back beside the other formats in src/reporters/exports.test.ts'),
  },
  sandboxes: {
    'bubblewrap.ts': heldBy('sandboxes'),
    'namespaces.ts': heldBy('sandboxes'),
    'own-program.ts': heldBy('sandboxes.long'),
    'restricted-node.ts': heldBy('sandboxes'),
  },
  stores: {
    'blob-files.ts': ofSqlite,
    'durable.ts': because(
      'files that outlive a power cut, traced in test/guarantees/records-durable.test.ts',
    ),
    'encode.ts': because('the event codec that memory.ts and sqlite.ts share'),
    'memory.ts': heldBy('stores'),
    'sqlite-copy.ts': because(
      'a copy for export, taken in again and verified in test/cli/carry.long.test.ts',
    ),
    'sqlite-file.ts': ofSqlite,
    'sqlite-insert.ts': ofSqlite,
    'sqlite-read.ts': ofSqlite,
    'sqlite-write.ts': ofSqlite,
    'sqlite.ts': heldBy('stores'),
    'store-errors.ts': because('the sentences that memory.ts and sqlite.ts share'),
    'study-lock.ts': ofSqlite,
  },
  tasks: {
    'forest.ts': because('forest.test.ts holds it to the contract'),
    'improver.ts': because('a forest.ts of another vocabulary; improver.test.ts holds the rest'),
    'source.ts': because('source.test.ts holds it to the contract'),
  },
  tastes: {
    'person.ts': heldBy('tastes'),
    'surrogate.ts': heldBy('tastes'),
    'uniform.ts': heldBy('tastes'),
  },
};
