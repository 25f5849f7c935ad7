// Gets what code imports: from Pyodide's lock, checked against its hashes, or from what this site serves itself.

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
  const ours = missing.filter((name) => name === "duckdb" || facts.served.includes(name));
  for (const name of ours) {
    try {
      if (name === "duckdb") await loadDuckDB(python, facts);
      else python.unpackArchive(await bytes(`${name}.zip`), "zip", { extractDir: "/book/code" });
      done.add(name);
    } catch (error) {
      console.warn(`${name} could not be loaded:`, error);
    }
  }
  const locked = missing.filter((name) => !ours.includes(name));
  if (locked.length === 0) return;
  const quiet = { messageCallback() {}, errorCallback() {} };
  try {
    await python.loadPackagesFromImports(locked.map((name) => `import ${name}`).join("\n"), quiet);
  } catch {
    // Altered, or not reached: nothing of it was installed.
  }
  for (const name of JSON.parse(browser.importable(JSON.stringify(locked)))) done.add(name);
}

/** A file that this site serves beside the worker. `watchFetches` makes an error of one that is not there. @param {string} name */
export async function bytes(name) {
  return (await fetch(new URL(name, import.meta.url))).arrayBuffer();
}

/** @param {any} python @param {any} facts */
async function loadDuckDB(python, facts) {
  const { installDuckDB } = await import(new URL("duckdb.mjs", import.meta.url).href);
  await installDuckDB(python, new URL(`../${facts.duckdb}/duckdb-eh.wasm`, import.meta.url).href);
}
