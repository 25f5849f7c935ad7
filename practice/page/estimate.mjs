// Estimates of a design page: change the numbers, run the cell and those that follow from it.
import { button, codeCells, el, pageFacts, sourceOf } from "./dom.mjs";
import { ending, openSession, whatItLoads } from "./session.mjs";

class Estimates {
  /** @param {any} facts */
  constructor(facts) {
    this.facts = facts;
    this.cells = codeCells();
    /** @type {Map<number, any>} the editors that the reader has opened, by the number of their cell */
    this.editors = new Map();
    /** @type {Map<number, { status: HTMLElement, run: HTMLElement, stop: HTMLElement }>} */
    this.tools = new Map();
    this.session = openSession(facts, (sentence) => this.say(sentence));
    for (const estimate of facts.estimates) this.offer(estimate);
  }

  /** A button below the cell that makes its code editable. @param {any} estimate */
  offer(estimate) {
    const cell = this.cells[estimate.cell];
    const offer = el("div", { className: "practice-bar practice-offer-estimate" }, button("Change the numbers", () => this.open(estimate)));
    cell.querySelector(".cell_input")?.after(offer);
  }

  /** @param {any} estimate */
  async open(estimate) {
    const cell = this.cells[estimate.cell];
    const { makeEditor } = await import("./editor.mjs");
    const box = el("div", { className: "practice-editor" });
    const keys = `practice-keys-${estimate.cell}`;
    const status = el("p", { className: "practice-status", role: "status" });
    const run = button("Run", () => this.run(estimate), "practice-main");
    const stop = button("Stop", () => this.session.stop());
    const back = button("Back to the book's numbers", () => location.reload());
    stop.hidden = true;
    const panel = el(
      "section",
      { className: "practice", "aria-label": "Estimate" },
      box,
      el("p", { id: keys, className: "practice-small" }, "Ctrl+Enter runs. Tab indents; press Escape, then Tab, to leave the editor."),
      el("div", { className: "practice-bar", role: "group", "aria-label": "What to do with the estimate" }, run, stop, back),
      status,
      el("p", { className: "practice-small" }, whatItLoads({ ...this.facts, ...estimate })),
    );
    const input = /** @type {HTMLElement} */ (cell.querySelector(".cell_input"));
    const text = sourceOf(cell);
    input.hidden = true;
    cell.querySelector(".practice-offer-estimate")?.replaceWith(panel);
    const editor = makeEditor({ parent: box, text, label: "The estimate, in Python", describedBy: keys, onSubmit: () => this.run(estimate), onChange() {} });
    this.editors.set(estimate.cell, editor);
    this.tools.set(estimate.cell, { status, run, stop });
    editor.focus();
    this.session.start().catch(() => {});
  }

  /** The text of a cell: the reader's, where there is one. @param {number} number */
  source(number) {
    return this.editors.get(number)?.text ?? sourceOf(this.cells[number]);
  }

  /** @param {any} estimate */
  async run(estimate) {
    if (this.running) return;
    const tools = this.tools.get(estimate.cell);
    this.running = tools;
    this.setBusy(true);
    this.failure = "";
    const [earlier, following] = [estimate.earlier, estimate.following];
    const request = {
      earlier: earlier.map((/** @type {number} */ number) => this.source(number)),
      cells: following.map((/** @type {number} */ number) => this.source(number)),
      shown: following.flatMap((/** @type {number} */ number, /** @type {number} */ index) => (estimate.shown.includes(number) ? [index] : [])),
    };
    this.say("Starting Python …");
    try {
      const outcome = await this.session.run("rerun", request, (told) => this.hear(told, following));
      this.say(outcome === "ended" ? this.failure || "Done: the outputs marked “your numbers” are new." : ending(outcome, this.session.settings.checkSeconds));
    } catch (error) {
      this.say(`Python could not start here: ${/** @type {Error} */ (error).message}.`);
    } finally {
      this.setBusy(false);
      this.running = undefined;
    }
  }

  /** @param {any} told @param {number[]} following */
  hear(told, following) {
    if (told.kind === "running") this.say("Running …");
    else if (told.kind === "started") this.output = freshOutput(this.cells[following[told.index]]);
    else if (told.kind === "output") this.output?.append(told.text);
    else if (told.kind === "error") {
      this.output?.append(`${told.text}\n`);
      this.failure = `A cell raised an error: with your numbers it, or an assert in it, no longer holds. ${told.hint}`;
    }
  }

  /** @param {boolean} busy */
  setBusy(busy) {
    if (!this.running) return;
    this.running.stop.hidden = !busy;
    for (const { run } of this.tools.values()) run.setAttribute("aria-disabled", String(busy));
  }

  /** @param {string} sentence */
  say(sentence) {
    if (this.running) this.running.status.textContent = sentence;
  }
}

/** An empty output in place of what the cell shows. @param {Element} cell */
function freshOutput(cell) {
  const output = el("pre", { tabIndex: 0, role: "region", "aria-label": "Output with your numbers" });
  const box = el("div", { className: "cell_output practice-own-output" }, el("p", { className: "practice-small" }, "With your numbers:"), output);
  for (const old of cell.querySelectorAll(":scope > .cell_output")) old.remove();
  cell.append(box);
  return output;
}

new Estimates(pageFacts());
