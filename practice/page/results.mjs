// The list of checks: one row a claim, with what the check saw where it failed.
import { el } from "./dom.mjs";

const WORDS = /** @type {Record<string, [string, string]>} */ ({
  passed: ["✓", "Passed"],
  failed: ["✗", "Failed"],
  error: ["✗", "Error"],
  "too slow": ["✗", "Too slow"],
  "not written yet": ["…", "Not written yet"],
  "not run": ["–", "Not run"],
  running: ["…", "Running"],
  waiting: ["…", "Waiting"],
});
const PROSE = ["says", "hint"];

export class Results {
  constructor() {
    this.list = el("ol", { className: "practice-results", "aria-label": "Checks" });
    this.clear();
  }

  clear() {
    this.list.replaceChildren();
    /** @type {string[]} */
    this.claims = [];
    /** @type {Map<string, number>} what was shown already, and by which check */
    this.shown = new Map();
    /** @type {string[]} */
    this.verdicts = [];
  }

  /** Empty the list, and keep its height until `release`: the page below would jump up and down at each check. */
  hold() {
    const height = this.list.offsetHeight;
    this.clear();
    this.list.style.minHeight = `${height}px`;
  }

  release() {
    this.list.style.minHeight = "";
  }

  /** @param {string[]} claims */
  plan(claims) {
    this.clear();
    this.claims = claims;
    this.verdicts = claims.map(() => "waiting");
    this.list.append(...claims.map((claim) => row("waiting", claim)));
  }

  /** @param {number} index @param {string} verdict @param {[string, string][]} [details] */
  set(index, verdict, details = []) {
    this.verdicts[index] = verdict;
    const hints = details.filter(([label]) => label === "hint");
    const text = JSON.stringify(details.filter(([label]) => label !== "hint"));
    const first = this.shown.get(text);
    if (first === undefined) this.shown.set(text, index);
    const repeated = details.length > hints.length && first !== undefined;
    const again = /** @type {[string, string][]} */ ([["says", `the same as check ${Number(first) + 1}`], ...hints]);
    const said = verdict === "passed" ? [] : repeated ? again : details;
    this.list.children[index].replaceWith(row(verdict, this.claims[index], said));
  }

  /** What ended before its turn has not run. @param {string} verdict for the check that was running */
  cutShort(verdict) {
    this.verdicts.forEach((now, index) => {
      if (now === "running") this.set(index, verdict);
      else if (now === "waiting") this.set(index, "not run");
    });
  }

  /** @param {string} verdict */
  count(verdict) {
    return this.verdicts.filter((each) => each === verdict).length;
  }
}

/** @param {string} verdict @param {string} claim @param {[string, string][]} [details] */
function row(verdict, claim, details = []) {
  const [mark, word] = WORDS[verdict];
  const head = el(
    "div",
    {},
    el("span", { className: "practice-mark", "aria-hidden": "true" }, mark),
    el("strong", {}, `${word}: `),
    ...withCode(claim),
  );
  const parts = details.map(([label, text]) =>
    el("div", { className: "practice-detail" }, `${label}: `, told(label, text)),
  );
  return el("li", { className: `practice-${verdict.replaceAll(" ", "-")}` }, head, ...parts);
}

/** @param {string} label @param {string} text */
function told(label, text) {
  if (text.includes("\n")) return el("pre", { tabIndex: 0 }, text);
  return PROSE.includes(label) ? text : el("code", {}, text);
}

/** A claim with what stands between backticks set as code. @param {string} claim */
function withCode(claim) {
  return claim.split("`").map((part, index) => (index % 2 ? el("code", {}, part) : part));
}
