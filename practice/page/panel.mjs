// The practice panel of a coding page: it takes the place of the starter in `Try it`.
import { button, codeCells, el, pageFacts, sourceOf } from "./dom.mjs";
import { makeEditor } from "./editor.mjs";
import { Fold } from "./fold.mjs";
import { Hints } from "./hints.mjs";
import { Record } from "./record.mjs";
import { Results } from "./results.mjs";
import { ending, openSession, whatItLoads } from "./session.mjs";
import { Store } from "./store.mjs";

class Panel {
  /** @param {any} facts @param {Store} store */
  constructor(facts, store) {
    this.facts = facts;
    const cells = codeCells();
    const sources = (/** @type {number[]} */ numbers) => numbers.map((number) => sourceOf(cells[number]));
    this.page = { earlier: sources(facts.earlier), checks: sources(facts.checks) };
    this.starter = sources(facts.starter).join("\n\n\n");
    this.record = new Record(store, facts.page, this.starter);
    this.hints = new Hints((count) => this.record.noteHints(count));
    this.results = new Results();
    this.fold = new Fold({ onAsk: () => this.noteSeen(), onSwitchOff: () => this.switchOff(store) });
    this.session = openSession(facts, (sentence, share) => this.showLoading(sentence, share));
    this.build(facts.replaced.map((/** @type {number} */ number) => cells[number]));
  }

  /** @param {Element[]} replaced the cells that the panel takes the place of */
  build(replaced) {
    const entry = this.record.entry;
    this.checkButton = button("Check", () => this.run("check"), "practice-main");
    this.runButton = button("Run", () => this.run("run"));
    this.stopButton = button("Stop", () => this.session.stop());
    this.solutionButton = button("Show solution", () => this.fold.ask());
    this.startOverButton = button("Start over", () => this.startOver());
    this.status = el("p", { className: "practice-status", role: "status" });
    this.loading = el("progress", { max: 1, hidden: true, "aria-label": "Loaded" });
    this.output = el("pre", { className: "practice-output", hidden: true, tabIndex: 0, role: "region", "aria-label": "Output" });
    const box = el("div", { className: "practice-editor" });
    const bar = [this.checkButton, this.runButton, this.stopButton, this.hints.button, this.solutionButton, this.startOverButton];
    const panel = el(
      "section",
      { className: "practice", "aria-label": "Practice" },
      box,
      el("p", { id: "practice-keys", className: "practice-small" }, "Ctrl+Enter checks. Tab indents; press Escape, then Tab, to leave the editor."),
      el("div", { className: "practice-bar", role: "group", "aria-label": "What to do with your answer" }, ...bar),
      this.status,
      this.record.warning,
      this.loading,
      this.results.list,
      this.output,
      this.hints.list,
      el("p", { className: "practice-small" }, whatItLoads(this.facts), " ", el("a", { href: this.facts.progressPage }, "Your progress"), "."),
    );
    this.stopButton.hidden = true;
    replaced[0].before(panel);
    for (const cell of replaced) /** @type {HTMLElement} */ (cell).hidden = true;
    this.editor = makeEditor({
      parent: box,
      text: entry.code ?? this.starter,
      label: "Your answer, in Python",
      describedBy: "practice-keys",
      onSubmit: () => this.run("check"),
      onChange: () => this.record.saveSoon(() => this.editor.text),
    });
    // Starting takes seconds, so it starts when the reader starts.
    box.addEventListener("focusin", () => this.session.start().catch(() => {}), { once: true });
    window.addEventListener("pagehide", () => this.save());
    if (entry.passed || entry.seen) this.solutionButton.hidden = true;
    else this.fold.close();
    if (entry.passed) this.say(`You passed all checks on ${entry.passed.slice(0, 10)}.`);
  }

  /** @param {"check" | "run"} task */
  async run(task) {
    if (this.busy) return;
    this.setBusy(true);
    this.save();
    this.results.clear();
    this.output.textContent = "";
    this.output.hidden = true;
    this.say("Starting Python …");
    this.failure = "";
    try {
      const request = { ...this.page, answer: this.editor.text };
      const sent = task === "check" ? request : { ...request, checks: [] };
      const outcome = await this.session.run(task, sent, (told) => this.hear(told));
      this.finish(task, outcome);
    } catch (error) {
      this.say(`Python could not start here: ${/** @type {Error} */ (error).message}. You can still read the page, and try again.`);
    } finally {
      this.setBusy(false);
    }
  }

  /** @param {any} told */
  hear(told) {
    if (told.kind === "running") this.say("Running …");
    else if (told.kind === "plan") this.results.plan(told.claims);
    else if (told.kind === "started") this.results.set(told.index, "running");
    else if (told.kind === "result") this.results.set(told.index, told.verdict, told.details);
    else if (told.kind === "output") this.write(told.text);
    else if (told.kind === "error") {
      this.write(`${told.text}\n`);
      const where = told.where === "your answer" ? "Your code raised an error; see the output." : "The page's own code could not run here; see the output.";
      this.failure = told.hint ? `${where} ${told.hint}` : where;
    }
  }

  /** @param {"check" | "run"} task @param {string} outcome */
  finish(task, outcome) {
    if (outcome !== "ended") {
      this.results.cutShort(outcome === "too slow" ? "too slow" : "not run");
      this.say(ending(outcome, this.session.settings.checkSeconds));
    } else if (this.failure) this.say(this.failure);
    else if (task === "run") this.say("Done.");
    else this.sumUp();
  }

  sumUp() {
    const total = this.results.claims.length;
    const passed = this.results.count("passed");
    const left = this.results.count("not run");
    if (this.results.count("not written yet") === total) return this.say("Nothing is written yet: fill in the starter, then check.");
    this.record.note("tried");
    if (passed === 0 || passed + left < total) return this.say(`${passed} of ${total} checks pass.`);
    this.record.note("passed");
    this.solutionButton.hidden = true;
    this.fold.show();
    const rest = left ? ` ${left} could not run here: what they need is not loaded.` : "";
    return this.say(`${left ? `All ${passed} checks that can run here pass.` : `All ${total} checks pass.`}${rest} Now compare with the worked solution below.`);
  }

  startOver() {
    if (!window.confirm("Put the starter back in place of your answer? Ctrl+Z in the editor brings it back.")) return;
    this.session.restart();
    this.editor.text = this.starter;
    this.results.clear();
    this.output.hidden = true;
    this.hints.takeBack();
    this.say("");
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
    this.record.save(this.editor.text);
  }

  /** @param {boolean} busy */
  setBusy(busy) {
    this.busy = busy;
    this.stopButton.hidden = !busy;
    this.loading.hidden = true;
    for (const each of [this.checkButton, this.runButton]) each.setAttribute("aria-disabled", String(busy));
  }

  /** @param {string} sentence @param {number} share */
  showLoading(sentence, share) {
    this.loading.hidden = !this.busy;
    this.loading.value = share;
    if (this.busy) this.say(sentence);
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
}

/** A line that brings practice back, for those who have switched it off. @param {Store} store @param {Element} before */
function offerPractice(store, before) {
  const on = () => {
    store.off = false;
    location.reload();
  };
  before.before(el("p", { className: "practice-offer" }, "Practice in the page is switched off. ", button("Switch it on", on)));
}

const facts = pageFacts();
const store = new Store();
if (store.off) offerPractice(store, codeCells()[facts.replaced[0]]);
else new Panel(facts, store);
