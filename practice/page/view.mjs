// What a panel looks like: an editor, buttons, a status line, and what the code printed.
import { el } from "./dom.mjs";
import { makeEditor } from "./editor.mjs";
import { whatItLoads } from "./session.mjs";

let count = 0;

export class View {
  /**
   * @param {object} options
   * @param {string} options.name what a screen reader calls the panel
   * @param {string} options.text the editor's
   * @param {string} options.submitWord what Ctrl+Enter does
   * @param {any} options.facts
   * @param {string} [options.progress] the address of the page that shows progress
   * @param {HTMLButtonElement[]} options.buttons
   * @param {HTMLElement[]} [options.below] what stands below the status line
   * @param {() => void} options.onSubmit
   * @param {(text: string) => void} [options.onChange]
   */
  constructor({ name, text, submitWord, facts, progress, buttons, below = [], onSubmit, onChange = () => {} }) {
    const keys = `practice-keys-${++count}`;
    const leave = `Ctrl+Enter ${submitWord}. Tab indents; press Escape, then Tab, to leave the editor.`;
    this.box = el("div", { className: "practice-editor" });
    this.status = el("p", { className: "practice-status", role: "status" });
    this.loading = el("progress", { max: 1, hidden: true, "aria-label": "Loaded" });
    this.output = el("pre", { className: "practice-output", tabIndex: 0, role: "region", "aria-label": "Output" });
    this.panel = el(
      "section",
      { className: "practice", "aria-label": name },
      this.box,
      el("p", { id: keys, className: "practice-small" }, leave),
      el("div", { className: "practice-bar", role: "group", "aria-label": "What to do with the code" }, ...buttons),
      this.status,
      this.loading,
      ...below,
      this.output,
      el(
        "p",
        { className: "practice-small" },
        whatItLoads(facts),
        ...(progress ? [" ", el("a", { href: progress }, "Your progress"), "."] : []),
      ),
    );
    this.clear();
    this.editor = makeEditor({
      parent: this.box,
      text,
      label: `${name}: your code, in Python`,
      describedBy: keys,
      onSubmit,
      onChange,
    });
  }

  clear() {
    this.output.textContent = "";
    this.output.hidden = true;
  }

  /** @param {string} text */
  write(text) {
    this.output.hidden = false;
    this.output.append(text);
  }

  /** @param {string} sentence */
  say(sentence) {
    this.status.textContent = sentence;
  }

  /** @param {string} sentence @param {number} share of what is to be loaded */
  showLoading(sentence, share) {
    this.loading.hidden = false;
    this.loading.value = share;
    this.say(sentence);
  }
}
