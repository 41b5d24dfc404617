/**
 * An endpoint that tells no secret: a provider may echo a key in an error, a model what it was told elsewhere, and both
 * would stand in the ledger, in reports and on the terminal.
 */
import type { Endpoint, EndpointReply } from './contract.ts';

const REDACTED = '[redacted]';

export function withoutSecrets(endpoint: Endpoint, secrets: readonly string[]): Endpoint {
  const clean = cleaner(secrets);
  return {
    id: endpoint.id,
    async call(request, signal) {
      return cleaned(await endpoint.call(request, signal), clean);
    },
  };
}

/** Takes them out of a text. */
export function cleaner(secrets: readonly string[]): (text: string) => string {
  // One may be the beginning of another; and the text of a model is JSON, where quotes are written otherwise.
  const forms = [
    ...new Set(secrets.flatMap((one) => [one, JSON.stringify(one).slice(1, -1)])),
  ].sort((a, b) => b.length - a.length);
  return (text) => forms.reduce((left, form) => left.replaceAll(form, REDACTED), text);
}

function cleaned(reply: EndpointReply, clean: (text: string) => string): EndpointReply {
  if (!('failure' in reply)) return { ...reply, text: clean(reply.text) };
  return { ...reply, failure: { ...reply.failure, says: clean(reply.failure.says) } };
}
