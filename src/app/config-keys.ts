/** What of a config its checks look at (config-together.ts, config-kinds.ts). */
import type { Priced } from '../models/prices.ts';
import type { TimeKeys } from './config-time.ts';
import type { ControlKeys } from './control-arms.ts';

export interface Keys extends TimeKeys {
  readonly kind: 'code' | 'improver';
  readonly language?: object | undefined;
  readonly surface: {
    readonly edit: readonly string[];
    readonly include: readonly string[];
    readonly limit?: number | undefined;
  };
  readonly evaluator: TimeKeys['evaluator'] & {
    readonly interpreter?: string | undefined;
    readonly cache?: boolean | undefined;
    readonly use?: string | undefined;
    readonly class?: string | undefined;
    /** Of a command. */
    readonly answers?: string | undefined;
    /** Of split. */
    readonly batch?: number | undefined;
    readonly solver?: string | undefined;
    readonly python?: string | undefined;
    readonly limits?: { readonly steps?: number | undefined } | undefined;
    readonly stages?: readonly object[] | undefined;
    readonly params?: object | undefined;
  };
  readonly proposers: readonly {
    readonly use: string;
    readonly template?: string | undefined;
    /** Of cma-es. */
    readonly lambda?: number | undefined;
    readonly generations?: number | undefined;
    /** Of an agent. */
    readonly endpoint?: unknown;
    /** Of llm. */
    readonly models?: readonly Priced[] | undefined;
  }[];
  readonly memory?: 'on' | 'off' | undefined;
  readonly autonomy: { readonly level: number };
  readonly control: ControlKeys;
  readonly splits: {
    readonly generator?: readonly string[] | undefined;
    readonly holdout?: { readonly cases: number; readonly queries: number } | undefined;
    readonly confirm?: { readonly pool: { readonly use: 'blocks' | 'bit' } } | undefined;
  };
  readonly budget: {
    readonly evals?: number | undefined;
    readonly trials?: number | undefined;
    readonly wall?: number | undefined;
    readonly usd?: number | undefined;
    readonly tokens?: number | undefined;
    readonly requests?: number | undefined;
  };
}
