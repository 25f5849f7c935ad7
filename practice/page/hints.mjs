// The page's hints, given one at a time, each stronger than the last.
import { button, el } from "./dom.mjs";

export class Hints {
  /** @param {(count: number) => void} onGiven */
  constructor(onGiven) {
    this.onGiven = onGiven;
    this.hints = [...document.querySelectorAll("#hints details")];
    this.list = el("div", { className: "practice-hints" });
    this.button = button("Hint", () => this.give());
    this.count();
  }

  give() {
    const number = this.list.children.length;
    const copy = /** @type {Element} */ (this.hints[number].cloneNode(true));
    copy.querySelector("summary")?.remove();
    const title = el("strong", {}, `Hint ${number + 1} of ${this.hints.length}`);
    const hint = el("div", { className: "practice-hint", tabIndex: -1 }, title, ...copy.childNodes);
    this.list.append(hint);
    hint.focus();
    this.count();
    this.onGiven(number + 1);
  }

  takeBack() {
    this.list.replaceChildren();
    this.count();
  }

  count() {
    const given = this.list.children.length;
    this.button.textContent = given === 0 ? "Hint" : `Hint (${given} of ${this.hints.length})`;
    this.button.setAttribute("aria-disabled", String(given === this.hints.length));
  }
}
