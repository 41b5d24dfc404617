/** fetch, whose answer cannot be larger than memory allows: an endpoint is foreign. */

/** No proposal comes near. */
const MOST_BYTES = 16 * 1024 * 1024;

export const boundedFetch: typeof fetch = async (input, init) => {
  // An answer that leads elsewhere would carry the key there.
  const response = await fetch(input, { ...init, redirect: 'manual' });
  if (response.body === null) return response;
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(atMost(MOST_BYTES)), {
    status,
    statusText,
    headers,
  });
};

function atMost(bytes: number): TransformStream<Uint8Array, Uint8Array> {
  let seen = 0;
  return new TransformStream({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen <= bytes) controller.enqueue(chunk);
      else controller.error(new Error(`its answer is larger than ${bytes / 2 ** 20} MiB`));
    },
  });
}
