// Says how much has arrived, turns a missing file into an error, and keeps an answer from taking all memory.

/**
 * Tell of everything that is fetched, as it arrives.
 * @param {(progress: { file: string, loaded: number, total: number }) => void} tell
 * @param {number} startBytes what Python itself takes: the total, until more is asked for
 */
export function watchFetches(tell, startBytes) {
  const fetchAsItIs = self.fetch.bind(self);
  let loaded = 0;
  let total = startBytes;
  self.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, self.location.href);
    const file = decodeURIComponent(url.pathname.split("/").pop() ?? "");
    const response = await fetchAsItIs(input, init);
    if (!response.ok) throw new Error(`${file} could not be loaded (${response.status})`);
    if (!response.body) return response;
    const counter = new TransformStream({
      transform(chunk, controller) {
        loaded += chunk.byteLength;
        total = Math.max(total, loaded);
        tell({ file, loaded, total });
        controller.enqueue(chunk);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(counter), { status, statusText, headers });
  };
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
