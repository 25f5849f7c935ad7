// Estimates of a design page: change the numbers, run the cell and those that follow from it.
import { button, codeCells, el, pageFacts, sourceOf } from "./dom.mjs";
import { ending, notStarted, openSession } from "./session.mjs";

/**
 * @typedef {object} Estimate what the build says of a cell; cells are given by their number
 * @property {number} cell
 * @property {number[]} earlier the cells before it that it may need
 * @property {number[]} following itself and the cells up to the last that is run again
 * @property {number[]} shown those of `following` whose output is replaced
 */

class Estimates {
  /** @param {any} facts */
  constructor(facts) {
    this.facts = facts;
    this.cells = codeCells();
    /** @type {Map<number, import("./view.mjs").View>} by the number of the cell */
    this.views = new Map();
    /** @type {import("./view.mjs").View | undefined} whose button was pressed */
    this.running = undefined;
    this.failure = "";
    this.session = openSession(facts, (sentence, share) => this.running?.showLoading(sentence, share));
    for (const estimate of facts.estimates) this.offer(estimate);
  }

  /** A button below the cell that makes its code editable. @param {Estimate} estimate */
  offer(estimate) {
    const offer = button("Change the numbers", () => this.open(estimate, offer));
    const bar = el("div", { className: "practice-bar practice-offer-estimate" }, offer);
    this.cells[estimate.cell].querySelector(".cell_input")?.after(bar);
  }

  /** @param {Estimate} estimate @param {HTMLElement} offer */
  async open(estimate, offer) {
    // The editor is large, and most readers only read.
    const { View } = await import("./view.mjs");
    const input = /** @type {HTMLElement} */ (this.cells[estimate.cell].querySelector(".cell_input"));
    const stop = button("Stop", () => this.session.stop());
    const view = new View({
      name: "Estimate",
      text: sourceOf(this.cells[estimate.cell]),
      submitWord: "runs",
      facts: { ...this.facts, ...estimate },
      buttons: [
        button("Run", () => this.run(estimate), "practice-main"),
        stop,
        button("Back to the book's numbers", () => location.reload()),
      ],
      onSubmit: () => this.run(estimate),
    });
    stop.hidden = true;
    input.hidden = true;
    offer.parentElement?.replaceWith(view.panel);
    this.views.set(estimate.cell, view);
    view.editor.focus();
    this.session.start().catch(() => {});
  }

  /** The reader's text of a cell, or the page's. @param {number} number */
  source(number) {
    return this.views.get(number)?.editor.text ?? sourceOf(this.cells[number]);
  }

  /** @param {Estimate} estimate */
  async run({ cell, earlier, following, shown }) {
    const view = this.views.get(cell);
    if (this.running || !view) return;
    this.running = view;
    this.failure = "";
    this.setBusy(view, true);
    view.say("Starting Python …");
    const request = {
      earlier: earlier.map((number) => this.source(number)),
      cells: following.map((number) => this.source(number)),
      shown: shown.map((number) => following.indexOf(number)),
    };
    try {
      const outcome = await this.session.run("rerun", request, (told) => this.hear(told, following));
      const done = this.failure || "Done: what stands below “With your numbers” is new.";
      view.say(outcome === "ended" ? done : ending(outcome, this.session.settings.checkSeconds));
    } catch (error) {
      view.say(notStarted(error));
    } finally {
      this.setBusy(view, false);
      this.running = undefined;
    }
  }

  /** @param {any} told @param {number[]} following */
  hear(told, following) {
    if (told.kind === "running") this.running?.say("Running …");
    else if (told.kind === "started") this.output = freshOutput(this.cells[following[told.index]]);
    else if (told.kind === "output") this.output?.append(told.text);
    else if (told.kind === "error") {
      this.output?.append(`${told.text}\n`);
      const why = "With these numbers a cell raises an error, or an assert in it no longer holds; see its output.";
      this.failure = `${why} ${told.hint}`;
    }
  }

  /** @param {import("./view.mjs").View} view @param {boolean} busy */
  setBusy(view, busy) {
    const [run, stop] = view.panel.querySelectorAll("button");
    run.setAttribute("aria-disabled", String(busy));
    stop.hidden = !busy;
    view.loading.hidden = true;
  }
}

/** An empty output in place of what the cell shows. @param {Element} cell */
function freshOutput(cell) {
  const output = el("pre", { tabIndex: 0, role: "region", "aria-label": "Output with your numbers" });
  const title = el("p", { className: "practice-small" }, "With your numbers:");
  for (const old of cell.querySelectorAll(":scope > .cell_output")) old.remove();
  cell.append(el("div", { className: "cell_output practice-own-output" }, title, output));
  return output;
}

new Estimates(pageFacts());
