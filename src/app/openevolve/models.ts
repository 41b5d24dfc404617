/** `llm` and `prompt` of a foreign config as proposers of ours: one for each model, its weight the share of trials. */
import type { ForeignConfig, Values } from './read-config.ts';
import { unusable } from './read-config.ts';
import { type Reader, readerOf } from './values.ts';

/** As a config of ours takes it, before it is checked. */
export interface ModelProposer {
  readonly use: 'llm';
  readonly models: readonly [AskedModel];
  readonly operators: readonly string[];
  readonly instructions?: string;
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens: number;
  readonly timeout: string;
  readonly share: number;
}

export interface AskedModel {
  readonly model: string;
  readonly url?: string;
  readonly key?: string;
  readonly price?: 'free';
}

const OPENAI = 'https://api.openai.com/v1';
/** Where OpenEvolve's client looks without an api_key. */
const USUAL_KEY = 'OPENAI_API_KEY';
/** The name of a template, which OpenEvolve has in this place. */
const NO_MESSAGE = 'system_message';

interface Weighed {
  readonly values: Values;
  readonly place: string;
  readonly weight: number;
}

/** Empty where the config names no model. @throws PacelineError CONFIG_INVALID. */
export function modelProposers(foreign: ForeignConfig): readonly ModelProposer[] {
  const shared = readerOf(foreign.values, foreign.path);
  const operators = operatorsOf(shared);
  const message = shared.text('prompt.system_message') ?? NO_MESSAGE;
  return modelsOf(foreign, shared)
    .filter(({ weight }) => weight > 0)
    .map(({ values, place, weight }) => {
      const own = readerOf(values, foreign.path, place);
      const number = (name: string): number | undefined =>
        own.number(name) ?? shared.number(`llm.${name}`);
      const topP = number('top_p');
      return {
        use: 'llm',
        models: [askedModel({ own, shared, path: foreign.path, place })],
        operators,
        ...(message === NO_MESSAGE ? {} : { instructions: message }),
        temperature: number('temperature') ?? 0.7,
        ...(topP === undefined ? {} : { topP }),
        maxTokens: number('max_tokens') ?? 4096,
        timeout: `${number('timeout') ?? 60}s`,
        share: weight,
      };
    });
}

/** The list, then the two older names. */
function modelsOf({ models, path }: ForeignConfig, shared: Reader): readonly Weighed[] {
  const listed = models.map((values, i) => {
    const place = `llm.models.${i}.`;
    return { values, place, weight: readerOf(values, path, place).number('weight') ?? 1 };
  });
  const named = (which: string, usual: number): readonly Weighed[] => {
    const name = shared.text(`llm.${which}`);
    if (name === undefined || name === '') return [];
    const weight = shared.number(`llm.${which}_weight`) ?? usual;
    return [{ values: new Map([['name', name]]), place: `llm.${which}.`, weight }];
  };
  return [...listed, ...named('primary_model', 1), ...named('secondary_model', 0.2)];
}

function operatorsOf(shared: Reader): readonly string[] {
  if (shared.flag('diff_based_evolution') === false) return ['rewrite'];
  return shared.flag('allow_full_rewrites') ? ['edit', 'rewrite'] : ['edit'];
}

interface Asked {
  readonly own: Reader;
  readonly shared: Reader;
  readonly path: string;
  readonly place: string;
}

function askedModel({ own, shared, path, place }: Asked): AskedModel {
  const name = own.text('name');
  if (name === undefined || name === '') {
    throw unusable(path, [
      `${place}name: is missing. Write the model's name as its provider has it`,
    ]);
  }
  const url = (own.text('api_base') ?? shared.text('llm.api_base') ?? OPENAI).replace(/\/+$/, '');
  const key = keyName(own.text('api_key') ?? shared.text('llm.api_key'));
  if (url === OPENAI) return { model: `openai/${name}`, key };
  const isHere = isLoopback(url);
  const isKeyless = isHere && !process.env[key];
  return {
    model: `openai-compatible/${name}`,
    url,
    ...(isKeyless ? {} : { key }),
    ...(isHere ? { price: 'free' as const } : {}),
  };
}

const VARIABLE = /^\$\{([A-Za-z_]\w*)\}$/;

function keyName(written: string | undefined): string {
  return VARIABLE.exec(written ?? '')?.[1] ?? USUAL_KEY;
}

function isLoopback(url: string): boolean {
  return /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/.test(url);
}

/** Whether a key itself stands in the file. */
export function holdsKey({ values, models }: ForeignConfig): boolean {
  const written = [values.get('llm.api_key'), ...models.map((one) => one.get('api_key'))];
  return written.some((one) => typeof one === 'string' && one !== '' && !VARIABLE.test(one));
}
