// What is remembered of the reader's work on one question, and a warning where the browser remembers nothing.
import { el } from "./dom.mjs";

const SAVE_AFTER_MS = 300;

export class Record {
  /**
   * @param {import("./store.mjs").Store} store
   * @param {string} page
   * @param {string} starter what the text is before the reader changes it
   */
  constructor(store, page, starter) {
    this.store = store;
    this.page = page;
    this.starter = starter;
    this.warning = el("p", { className: "practice-warning", role: "alert", hidden: true });
    this.timer = 0;
  }

  get entry() {
    return this.store.read(this.page);
  }

  /** @param {"tried" | "passed" | "seen"} what */
  note(what) {
    this.keep(this.store.note(this.page, what));
  }

  /** @param {number} count */
  noteHints(count) {
    this.keep(this.store.write(this.page, { hints: Math.max(count, this.entry.hints ?? 0) }));
  }

  /** @param {() => string} text asked for when the reader pauses */
  saveSoon(text) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.save(text()), SAVE_AFTER_MS);
  }

  /** @param {string} code */
  save(code) {
    clearTimeout(this.timer);
    if (code !== (this.entry.code ?? this.starter)) this.keep(this.store.write(this.page, { code }));
  }

  /** @param {boolean} kept */
  keep(kept) {
    if (kept || !this.warning.hidden) return;
    this.warning.hidden = false;
    this.warning.textContent =
      "This browser keeps nothing: its storage is full or switched off. Copy your answer before you leave the page.";
  }
}
