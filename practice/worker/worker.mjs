// Runs in a worker: one Python, one request at a time. The page ends it when a request takes too long.
import { bytes, loadModules } from "./modules.mjs";
import { limitMemory, watchFetches } from "./watch.mjs";

const HOME = "/book/notebooks/coding";

/** @type {any} */
let python;
/** @type {any} */
let browser;
/** @type {any} */
let facts;
const files = new Set();

const post = (/** @type {object} */ message) => self.postMessage(message);
const said = (/** @type {any} */ error) => String(error?.message ?? error);

self.addEventListener("message", ({ data }) => {
  if (data.kind === "start") {
    facts = data.facts;
    start().catch((error) => post({ kind: "failed", text: said(error) }));
  } else {
    run(data).catch((error) => post({ kind: "crashed", number: data.number, text: said(error) }));
  }
});

async function start() {
  const broken = new Promise((_, reject) => {
    watchFetches((progress) => post({ kind: "progress", ...progress }), reject, facts.siteBytes);
  });
  await Promise.race([begin(), broken]);
  post({ kind: "ready" });
}

async function begin() {
  limitMemory(facts.memoryBytes);
  const runtime = new URL(`../${facts.pyodide}/`, import.meta.url).href;
  const [{ loadPyodide, version }, code] = await Promise.all([import(`${runtime}pyodide.mjs`), bytes("python.zip")]);
  python = await loadPyodide({
    indexURL: runtime,
    packageBaseUrl: `https://cdn.jsdelivr.net/pyodide/v${version}/full/`,
    env: { HOME: "/home/pyodide", MPLBACKEND: "agg" },
  });
  python.unpackArchive(code, "zip", { extractDir: "/book/code" });
  python.FS.mkdirTree(HOME);
  python.FS.mkdirTree("/book/data");
  python.FS.chdir(HOME);
  python.runPython("import sys; sys.path.insert(0, '/book/code')");
  browser = python.pyimport("practice.browser");
}

/** @param {{ number: number, task: string, request: object }} message */
async function run({ number, task, request }) {
  const text = JSON.stringify(request);
  await loadModules(python, browser, facts, JSON.parse(browser.wanted(text)));
  await loadFiles(text);
  post({ kind: "running", number });
  browser.run(task, text, (/** @type {string} */ event) => post({ number, event: JSON.parse(event) }));
}

/** The data that the code names. @param {string} code */
async function loadFiles(code) {
  for (const name of facts.files.filter((/** @type {string} */ file) => code.includes(file) && !files.has(file))) {
    python.FS.writeFile(`/book/data/${name}`, new Uint8Array(await bytes(`data/${name}`)));
    files.add(name);
  }
}
