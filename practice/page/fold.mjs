// Keeps the solution, and what follows it, out of sight until the reader wants it.
import { button, el } from "./dom.mjs";

const FIRST_FOLDED = "#hints";

export class Fold {
  /**
   * @param {object} options
   * @param {() => void} options.onAsk the reader asked to see the solution
   * @param {() => void} options.onSwitchOff the reader came to read
   */
  constructor({ onAsk, onSwitchOff }) {
    this.onAsk = onAsk;
    const first = document.querySelector(FIRST_FOLDED);
    /** @type {HTMLElement[]} */
    this.sections = first ? [/** @type {HTMLElement} */ (first), ...following(first)] : [];
    this.note = el(
      "div",
      { className: "practice-fold" },
      el("p", {}, "The worked solution, the wrong answers and the rest of this page are folded while you practise."),
      button("Show the solution", () => this.ask()),
      button("I came to read: switch practice off", onSwitchOff),
    );
    this.open = true;
  }

  /** Fold, unless the address leads into what would be folded. */
  close() {
    for (const section of this.sections) {
      // Found by the browser's search, and opened by it, where it knows how.
      section.setAttribute("hidden", "until-found");
      section.addEventListener("beforematch", () => this.ask());
    }
    this.sections[0]?.before(this.note);
    this.open = false;
    window.addEventListener("hashchange", () => this.follow());
    window.addEventListener("beforeprint", () => this.toggle(false));
    window.addEventListener("afterprint", () => this.toggle(!this.open));
    document.addEventListener("click", ({ target }) => {
      // A second click on a link changes no address.
      const link = /** @type {Element} */ (target).closest?.("a[href^='#']");
      if (link && !this.open) window.setTimeout(() => this.follow());
    });
    this.follow();
  }

  /** Show everything. */
  show() {
    this.open = true;
    this.toggle(false);
    this.note.remove();
  }

  /** The reader wants to see it. */
  ask() {
    if (this.open) return;
    this.show();
    this.onAsk();
  }

  follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && this.sections.some((section) => section.contains(target))) {
      this.ask();
      target.scrollIntoView();
    }
  }

  /** @param {boolean} hide */
  toggle(hide) {
    for (const section of this.sections) {
      if (hide) section.setAttribute("hidden", "until-found");
      else section.removeAttribute("hidden");
    }
  }
}

/** @param {Element} first @returns {HTMLElement[]} */
function following(first) {
  const next = first.nextElementSibling;
  return next ? [/** @type {HTMLElement} */ (next), ...following(next)] : [];
}
