// What is remembered of a reader, in this browser alone: an entry a question, and whether practice is switched off.

/**
 * @typedef {object} Entry
 * @property {string} [code] the text of the answer
 * @property {string} [replaced] an older text that an import replaced
 * @property {string} [tried] when a check first ran, as an ISO date
 * @property {string} [passed] when all checks first passed
 * @property {string} [seen] when the solution was first shown
 * @property {number} [hints] how many hints were taken
 * @property {string} [changed] when the entry last changed
 */

export const VERSION = 1;
const PREFIX = `warmup.practice.${VERSION}.`;
const OFF = "warmup.practice.off";
const FIELDS = ["code", "replaced", "tried", "passed", "seen", "hints", "changed"];

/** Remembers in memory what the browser does not let us keep. */
export class Store {
  /** @param {() => Storage} [open] gives the browser's storage; it throws where storage is blocked */
  constructor(open = () => window.localStorage) {
    this.open = open;
    /** @type {Map<string, string>} */
    this.unsaved = new Map();
  }

  /**
   * A question's entry; empty for one that was not tried or cannot be read.
   * @param {string} page
   * @returns {Entry}
   */
  read(page) {
    const text = this.get(PREFIX + page);
    try {
      return text === null ? {} : checked(JSON.parse(text));
    } catch {
      this.set(`${PREFIX}unreadable.${page}`, text ?? "");
      return {};
    }
  }

  /**
   * Change some fields of a question's entry. False if the browser did not keep it.
   * @param {string} page
   * @param {Entry} changes
   */
  write(page, changes) {
    const entry = { ...this.read(page), ...changes, changed: now() };
    return this.set(PREFIX + page, JSON.stringify(entry));
  }

  /**
   * Note when something first happened.
   * @param {string} page
   * @param {"tried" | "passed" | "seen"} what
   */
  note(page, what) {
    return this.read(page)[what] ? true : this.write(page, { [what]: now() });
  }

  /** All entries, by page. @returns {Record<string, Entry>} */
  all() {
    const pages = this.keys().filter((key) => key.startsWith(PREFIX) && !key.startsWith(`${PREFIX}unreadable.`));
    return Object.fromEntries(
      pages.sort().map((key) => [key.slice(PREFIX.length), this.read(key.slice(PREFIX.length))]),
    );
  }

  /** Everything as the text of a file. */
  exported() {
    return `${JSON.stringify({ format: "warmup practice", version: VERSION, questions: this.all() }, null, 2)}\n`;
  }

  /**
   * Take over a file's entries. The later text of an answer wins, and the other one is kept as `replaced`.
   * Throws an Error that says what is wrong with the file; then nothing has changed.
   * @param {string} text
   * @returns {number} how many questions were taken over
   */
  imported(text) {
    const questions = readFile(text);
    for (const [page, entry] of Object.entries(questions)) {
      if (!this.set(PREFIX + page, JSON.stringify(merged(this.read(page), entry)))) {
        throw new Error("The browser's storage is full or switched off, so the file could not be kept.");
      }
    }
    return Object.keys(questions).length;
  }

  /** Forget all answers. */
  clear() {
    for (const key of this.keys().filter((key) => key.startsWith(PREFIX))) this.remove(key);
  }

  /** Whether the reader came to read, and has switched practice off. */
  get off() {
    return this.get(OFF) === "yes";
  }

  set off(value) {
    if (value) this.set(OFF, "yes");
    else this.remove(OFF);
  }

  /** @returns {string[]} */
  keys() {
    try {
      return [...new Set([...Object.keys(this.open()), ...this.unsaved.keys()])];
    } catch {
      return [...this.unsaved.keys()];
    }
  }

  /** @param {string} key @returns {string | null} */
  get(key) {
    if (this.unsaved.has(key)) return this.unsaved.get(key) ?? null;
    try {
      return this.open().getItem(key);
    } catch {
      return null;
    }
  }

  /** @param {string} key @param {string} value @returns {boolean} */
  set(key, value) {
    try {
      this.open().setItem(key, value);
      this.unsaved.delete(key);
      return true;
    } catch {
      this.unsaved.set(key, value);
      return false;
    }
  }

  /** @param {string} key */
  remove(key) {
    this.unsaved.delete(key);
    try {
      this.open().removeItem(key);
    } catch {
      // There is no storage to remove it from.
    }
  }
}

function now() {
  return new Date().toISOString();
}

/** @param {any} value @returns {Entry} */
function checked(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("not an entry");
  const fits = (/** @type {[string, unknown]} */ [key, field]) =>
    FIELDS.includes(key) && typeof field === (key === "hints" ? "number" : "string");
  return Object.fromEntries(Object.entries(value).filter(fits));
}

/** @param {string} text @returns {Record<string, Entry>} */
function readFile(text) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    throw new Error("This is not a file of answers: it does not hold JSON.");
  }
  if (file?.format !== "warmup practice") throw new Error("This is not a file of answers from this book.");
  if (file.version !== VERSION) throw new Error(`The file is of version ${file.version}; this page reads ${VERSION}.`);
  try {
    const named = Object.entries(file.questions).filter(([page]) => /^[a-z]+\/[\w-]+$/.test(page));
    return Object.fromEntries(named.map(([page, entry]) => [page, checked(entry)]));
  } catch {
    throw new Error("The file is damaged: its list of questions cannot be read.");
  }
}

/** @param {Entry} here @param {Entry} there @returns {Entry} */
function merged(here, there) {
  const [older, newer] = (here.changed ?? "") > (there.changed ?? "") ? [there, here] : [here, there];
  const entry = { ...older, ...newer };
  if (older.code && older.code !== newer.code && newer.code) entry.replaced = older.code;
  for (const what of /** @type {const} */ (["tried", "passed", "seen"])) {
    const first = [older[what], newer[what]].filter(Boolean).sort()[0];
    if (first) entry[what] = first;
  }
  return entry;
}
