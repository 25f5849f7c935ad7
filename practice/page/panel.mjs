// The practice panel of a coding page: it takes the place of the starter in `Try it`.
import { button, codeCells, el, pageFacts, sourceOf } from "./dom.mjs";
import { Fold } from "./fold.mjs";
import { Hints } from "./hints.mjs";
import { Record } from "./record.mjs";
import { Results } from "./results.mjs";
import { ending, notStarted, openSession } from "./session.mjs";
import { Store } from "./store.mjs";
import { View } from "./view.mjs";

class Panel {
  /** @param {any} facts @param {Store} store */
  constructor(facts, store) {
    const cells = codeCells();
    const sources = (/** @type {number[]} */ numbers) => numbers.map((number) => sourceOf(cells[number]));
    this.page = { earlier: sources(facts.earlier), checks: sources(facts.checks) };
    this.starter = sources(facts.starter).join("\n\n\n");
    this.record = new Record(store, facts.page, this.starter);
    this.results = new Results();
    this.hints = new Hints((given) => this.record.noteHints(given));
    this.fold = new Fold({ onAsk: () => this.noteSeen(), onSwitchOff: () => this.switchOff(store) });
    this.session = openSession(facts, (sentence, share) => {
      if (this.busy) this.view.showLoading(sentence, share);
    });
    this.busy = false;
    this.failure = "";
    this.checkButton = button("Check", () => this.run("check"), "practice-main");
    this.runButton = button("Run", () => this.run("run"));
    this.stopButton = button("Stop", () => this.session.stop());
    this.solutionButton = button("Show solution", () => this.fold.ask());
    const startOver = button("Start over", () => this.startOver());
    this.view = new View({
      name: "Practice",
      text: this.record.entry.code ?? this.starter,
      submitWord: "checks",
      facts,
      progress: facts.progressPage,
      buttons: [this.checkButton, this.runButton, this.stopButton, this.hints.button, this.solutionButton, startOver],
      below: [this.record.warning, this.hints.list, this.results.list],
      onSubmit: () => this.run("check"),
      onChange: () => this.record.saveSoon(() => this.view.editor.text),
    });
    this.place(facts.replaced.map((/** @type {number} */ number) => cells[number]));
  }

  /** @param {HTMLElement[]} replaced the cells that the panel takes the place of */
  place(replaced) {
    replaced[0].before(this.view.panel);
    for (const cell of replaced) cell.hidden = true;
    this.stopButton.hidden = true;
    // Starting takes seconds, so it starts when the reader starts.
    const start = () => this.session.start().catch(() => {});
    this.view.box.addEventListener("focusin", start, { once: true });
    window.addEventListener("pagehide", () => this.save());
    const { passed, seen } = this.record.entry;
    if (passed || seen) this.solutionButton.hidden = true;
    else this.fold.close();
    if (passed) this.view.say(`You passed all checks on ${passed.slice(0, 10)}.`);
  }

  /** @param {"check" | "run"} task */
  async run(task) {
    if (this.busy) return;
    this.setBusy(true);
    this.save();
    this.results.hold();
    this.view.clear();
    this.view.say("Starting Python …");
    this.failure = "";
    const request = { ...this.page, answer: this.view.editor.text };
    if (task === "run") request.checks = [];
    try {
      this.finish(task, await this.session.run(task, request, (told) => this.hear(told)));
    } catch (error) {
      this.view.say(notStarted(error));
    } finally {
      this.results.release();
      this.setBusy(false);
    }
  }

  /** @param {any} told */
  hear(told) {
    if (told.kind === "running") this.view.say("Running …");
    else if (told.kind === "plan") this.results.plan(told.claims);
    else if (told.kind === "started") this.results.set(told.index, "running");
    else if (told.kind === "result") this.results.set(told.index, told.verdict, told.details);
    else if (told.kind === "output") this.view.write(told.text);
    else if (told.kind === "error") {
      this.view.write(`${told.text}\n`);
      const what =
        told.where === "your answer" ? "Your code raised an error" : "The page's own code could not run here";
      this.failure = `${what}; see the output. ${told.hint}`;
    }
  }

  /** @param {"check" | "run"} task @param {string} outcome */
  finish(task, outcome) {
    if (outcome !== "ended") {
      this.results.cutShort(outcome === "too slow" ? outcome : "error");
      this.view.say(ending(outcome, this.session.settings.checkSeconds));
    } else if (this.failure) {
      this.results.cutShort("error");
      this.view.say(this.failure);
    } else this.view.say(task === "run" ? "Done." : this.sumUp());
  }

  /** What the checks said, in a sentence. */
  sumUp() {
    const total = this.results.claims.length;
    const [passed, unwritten, left] = ["passed", "not written yet", "not run"].map((verdict) =>
      this.results.count(verdict),
    );
    if (unwritten === total) return "Nothing to check yet: each check waits for something that is not written.";
    this.record.note("tried");
    if (left === total) return "No check could run here: what your code needs could not be loaded. Is the network off?";
    if (passed + left < total) return `${passed} of ${total} checks pass.`;
    // A few that need nothing prove little.
    if (left >= passed) return `${passed} of ${total} checks pass; the others need what could not be loaded.`;
    this.record.note("passed");
    this.solutionButton.hidden = true;
    this.fold.show();
    const all = left
      ? `All ${passed} checks that can run here pass; ${left} could not be tried.`
      : `All ${total} checks pass.`;
    return `${all} Now compare with the worked solution below.`;
  }

  startOver() {
    if (!window.confirm("Put the starter back in place of your answer? Ctrl+Z in the editor brings it back.")) return;
    this.session.stop();
    this.view.editor.text = this.starter;
    this.results.clear();
    this.view.clear();
    this.hints.takeBack();
    this.view.say("");
  }

  noteSeen() {
    this.record.note("seen");
    this.solutionButton.hidden = true;
  }

  /** @param {Store} store */
  switchOff(store) {
    this.save();
    store.off = true;
    location.reload();
  }

  save() {
    this.record.save(this.view.editor.text);
  }

  /** @param {boolean} busy */
  setBusy(busy) {
    this.busy = busy;
    this.stopButton.hidden = !busy;
    this.view.loading.hidden = true;
    for (const each of [this.checkButton, this.runButton]) each.setAttribute("aria-disabled", String(busy));
  }
}

/** A line that brings practice back, for those who have switched it off. @param {Store} store @param {Element} cell */
function offerPractice(store, cell) {
  const on = button("Switch it on", () => {
    store.off = false;
    location.reload();
  });
  cell.before(el("p", { className: "practice-offer" }, "Practice in the page is switched off. ", on));
}

/** Says why there is no panel, on a page whose checks need what no browser has. @param {string[]} missing @param {Element} cell */
function explainAbsence(missing, cell) {
  const names = new Intl.ListFormat("en-GB").format(missing);
  const text = `This question needs ${names}, which does not run in a browser: practise it in JupyterLab, with make lab.`;
  cell.before(el("p", { className: "practice-offer" }, text));
}

const facts = pageFacts();
const store = new Store();
const first = codeCells()[facts.replaced[0]];
if (facts.missing.length) explainAbsence(facts.missing, first);
else if (store.off) offerPractice(store, first);
else new Panel(facts, store);
