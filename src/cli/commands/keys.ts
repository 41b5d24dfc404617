import { type Command, InvalidArgumentError } from 'commander';
import { type KeyList, listKeys, revokeKeys, rotateKeys } from '../../app/keys.ts';
import { PacelineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { helpText } from '../help.ts';
import { printResult, table } from '../output.ts';

interface Common {
  readonly json?: boolean;
}

export function addKeys(program: Command): void {
  const keys = program
    .command('keys')
    .description('The keys that sign what the gatekeeper decides')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'A folder of studies has one key at a time, made when it is first needed. It lies in .paceline/gate/keys, which must be its owner’s alone. Every change is a record signed by the key before it; paceline verify holds each signature in a ledger against these records.',
          'JSON: paceline.keys/1.',
        ],
        examples: ['keys list', 'keys rotate', 'keys revoke 3f9c --reason "laptop lost"'],
      }),
    );
  addList(keys);
  addRotate(keys);
  addRevoke(keys);
  for (const command of keys.commands) {
    command
      .option('--json', 'print as JSON')
      .exitOverride()
      .showHelpAfterError(`(paceline keys ${command.name()} --help says more)`);
  }
}

function addList(keys: Command): void {
  keys
    .command('list')
    .description('All keys of this folder, oldest first')
    .addHelpText('after', helpText({ examples: ['keys list', 'keys list --json'] }))
    .action((options: Common) => say(options, listKeys(process.cwd())));
}

interface RotateOptions extends Common {
  readonly lost?: boolean;
  readonly reason?: string;
}

function addRotate(keys: Command): void {
  keys
    .command('rotate')
    .description('Make a new key, signed by the current one, which then signs no more')
    .option('--reason <text>', 'why, for the records')
    .option('--lost', 'the current private key is gone: the new one stands by itself')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'What the old key signed stays valid. A study that runs meanwhile stops at its next signature, and paceline resume goes on with the new key.',
        ],
        examples: ['keys rotate', 'keys rotate --lost --reason "disk lost"'],
      }),
    )
    .action((options: RotateOptions) => {
      if (options.lost && !options.reason) {
        throw new PacelineError('USAGE', 'A key that nothing ties to the old one needs --reason.');
      }
      say(options, rotateKeys(process.cwd(), options));
    });
}

interface RevokeOptions extends Common {
  readonly reason: string;
  readonly from?: number;
}

function addRevoke(keys: Command): void {
  keys
    .command('revoke')
    .description('Say that what a key signed counts for nothing')
    .argument('<id>', 'first digits of the key’s id')
    .requiredOption('--reason <text>', 'why, for the records')
    .option('--from <time>', 'only what it signed from then on, as 2026-11-28T09:30Z', wallTime)
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Without --from all that it ever signed. The current key is replaced first. There is no way back.',
        ],
        examples: [
          'keys revoke 3f9c --reason "laptop lost"',
          'keys revoke 3f9c --reason "copied by a backup" --from 2026-11-28T09:30Z',
        ],
      }),
    )
    .action((wanted: string, { from, ...options }: RevokeOptions) => {
      const more = from === undefined ? {} : { fromMs: from };
      say(options, revokeKeys(process.cwd(), { wanted, reason: options.reason, ...more }));
    });
}

function wallTime(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms) || ms < 0) {
    throw new InvalidArgumentError('Write a time, for example 2026-11-28T09:30Z.');
  }
  return ms;
}

function say(options: Common, list: KeyList): void {
  const json = { schema: 'paceline.keys/1', ...list } as unknown as Json;
  printResult(options, json, linesOf(list));
}

/** Digits of an id that tell a person's few keys apart. */
const SHORT = 16;

function linesOf({ keys, head, areGone }: KeyList): readonly string[] {
  if (areGone) {
    return [
      'No key, though studies here were signed: restore .paceline/gate/keys from a copy. Until then nobody here can say whose their signatures are.',
    ];
  }
  if (head === undefined) return ['No key yet: it is made when something is first signed.'];
  const rows = keys.map(({ key, from, to, revoked, isCurrent }) => [
    key.slice('sha256:'.length).slice(0, SHORT),
    timeText(from),
    to === undefined ? '' : timeText(to),
    isCurrent
      ? 'current'
      : revoked
        ? `revoked from ${timeText(revoked.from)}: ${revoked.reason}`
        : 'replaced',
  ]);
  return [...table([['key', 'from', 'to', 'state'], ...rows]), `head ${head.number}:${head.hash}`];
}

function timeText(ms: number): string {
  return new Date(ms).toISOString().replace(/[.]\d+Z$/, 'Z');
}
