// Says how much has arrived, turns a missing file into an error, and keeps an answer from taking all memory.

/**
 * Tell of everything that is fetched, as it arrives, and of what cannot be fetched or turned into a program.
 * Pyodide writes such errors to the console and waits for ever.
 * @param {(progress: { file: string, loaded: number, total: number }) => void} tell
 * @param {(error: Error) => void} fail
 * @param {number} startBytes what Python itself takes: the total, until more is asked for
 */
export function watchFetches(tell, fail, startBytes) {
  const fetchAsItIs = self.fetch.bind(self);
  let loaded = 0;
  let total = startBytes;
  self.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, self.location.href);
    const file = decodeURIComponent(url.pathname.split("/").pop() ?? "");
    const lose = (/** @type {any} */ why) => {
      const error = new Error(`${file} could not be loaded (${why?.message ?? why})`);
      fail(error);
      return error;
    };
    const response = await fetchAsItIs(input, init).catch((error) => {
      throw lose(error);
    });
    if (!response.ok) throw lose(response.status);
    if (!response.body) return response;
    const counter = new TransformStream({
      transform(chunk, controller) {
        loaded += chunk.byteLength;
        total = Math.max(total, loaded);
        tell({ file, loaded, total });
        controller.enqueue(chunk);
      },
    });
    response.body.pipeTo(counter.writable).catch(lose);
    const { status, statusText, headers } = response;
    return new Response(counter.readable, { status, statusText, headers });
  };
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (source, imports) =>
    instantiate(source, imports).catch((error) => {
      fail(error);
      throw error;
    });
}

/**
 * Refuse to grow beyond `most` bytes: Python then raises a MemoryError, and the tab lives.
 * @param {number} most
 */
export function limitMemory(most) {
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * 65536 > most) throw new RangeError("the page's memory is used up");
    return grow.call(this, pages);
  };
}
