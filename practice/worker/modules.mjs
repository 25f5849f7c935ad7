// Gets what code imports: from Pyodide's lock, checked against its hashes, or from what this site serves itself.

const SERVED = new Map([["pint", "pint.zip"]]);
const done = new Set();

/**
 * Load what can be loaded of `modules`. What cannot is left out: the harness says so where code needs it.
 * @param {any} python
 * @param {any} browser the harness's module of that name
 * @param {any} facts
 * @param {string[]} modules names as code imports them
 */
export async function loadModules(python, browser, facts, modules) {
  const missing = modules.filter((name) => !done.has(name));
  for (const name of missing.filter((name) => name === "duckdb" || SERVED.has(name))) {
    try {
      await (name === "duckdb" ? loadDuckDB(python, facts) : unpack(python, SERVED.get(name) ?? ""));
      done.add(name);
    } catch (error) {
      console.warn(`${name} could not be loaded:`, error);
    }
  }
  const locked = missing.filter((name) => name !== "duckdb" && !SERVED.has(name));
  if (locked.length === 0) return;
  const quiet = { messageCallback() {}, errorCallback() {} };
  try {
    await python.loadPackagesFromImports(locked.map((name) => `import ${name}`).join("\n"), quiet);
  } catch {
    // Altered, or not reached: nothing of it was installed.
  }
  for (const name of JSON.parse(browser.importable(JSON.stringify(locked)))) done.add(name);
}

/** @param {any} python @param {string} archive */
async function unpack(python, archive) {
  const response = await fetch(new URL(archive, import.meta.url));
  python.unpackArchive(await response.arrayBuffer(), "zip", { extractDir: "/book/code" });
}

/** @param {any} python @param {any} facts */
async function loadDuckDB(python, facts) {
  const { installDuckDB } = await import(new URL("duckdb.mjs", import.meta.url).href);
  await installDuckDB(python, new URL(`../${facts.duckdb}/duckdb-eh.wasm`, import.meta.url).href);
}
