// Shows what the browser remembers: beside the questions on the landing page, and in full on the page 'Your progress'.
import { button, el, pageFacts } from "./dom.mjs";
import { Store } from "./store.mjs";

/** @typedef {import("./store.mjs").Entry} Entry */

/** @param {Entry} entry what to say of it in a word or two; "" for nothing */
function standing({ passed, seen, tried, code }) {
  if (passed) return "✓ passed";
  if (seen) return "solution seen";
  return tried || code ? "tried" : "";
}

/** The page that a link of the landing page leads to, as it is stored. @param {HTMLAnchorElement} link */
function pageOf(link) {
  return new URL(link.href).pathname.match(/\/notebooks\/(coding\/[\w-]+)\.html$/)?.[1];
}

/** @param {Store} store */
function markQuestions(store) {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".bd-article td a"))) {
    const page = pageOf(link);
    const words = page && standing(store.read(page));
    if (words) link.after(" ", el("span", { className: "practice-standing" }, words));
  }
}

/** @param {Store} store @param {HTMLElement} place @param {[string, string][]} questions page and title */
function showAll(store, place, questions) {
  const entries = store.all();
  const day = (/** @type {string | undefined} */ date) => date?.slice(0, 10) ?? "–";
  const rows = questions.map(([page, title]) => {
    const { tried, passed, seen, hints } = entries[page] ?? {};
    const link = el("a", { href: `../notebooks/${page}.html` }, title);
    const texts = [day(tried), day(passed), day(seen), String(hints ?? 0)];
    return el("tr", {}, el("td", {}, link), ...texts.map((text) => el("td", {}, text)));
  });
  const heads = ["Question", "Tried", "Passed", "Seen", "Hints"].map((text) => el("th", { scope: "col" }, text));
  const passed = questions.filter(([page]) => entries[page]?.passed).length;
  const table = el("table", { className: "table" }, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows));
  const scroller = el(
    "div",
    { className: "pst-scrollable-table-container", tabIndex: 0, role: "region", "aria-label": "Progress" },
    table,
  );
  place.replaceChildren(
    el("p", {}, `${passed} of ${questions.length} coding questions passed.`),
    scroller,
    tools(store),
  );
}

/** Export, import, forget. @param {Store} store */
function tools(store) {
  const status = el("p", { className: "practice-status", role: "status" });
  const chooser = el("input", {
    type: "file",
    accept: "application/json,.json",
    hidden: true,
    "aria-label": "File of answers",
  });
  chooser.addEventListener("change", async () => {
    const file = chooser.files[0];
    if (!file) return;
    try {
      const count = store.imported(await file.text());
      refresh(store, `${count === 1 ? "1 question was" : `${count} questions were`} taken over from ${file.name}.`);
    } catch (error) {
      status.textContent = /** @type {Error} */ (error).message;
    }
    chooser.value = "";
  });
  const forget = () => {
    if (
      !window.confirm(
        "Forget all answers and all progress in this browser? Export them first if you want to keep them.",
      )
    )
      return;
    store.clear();
    refresh(store, "All answers are forgotten.");
  };
  const buttons = [
    button("Export", () => download(store.exported())),
    button("Import", () => chooser.click()),
    button("Forget everything", forget),
  ];
  return el("div", {}, el("div", { className: "practice-bar" }, ...buttons), chooser, status);
}

/** @param {string} text */
function download(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = el("a", { href: address, download: `warm-up-answers-${new Date().toISOString().slice(0, 10)}.json` });
  link.click();
  URL.revokeObjectURL(address);
}

/** @param {Store} store @param {string} [sentence] */
function refresh(store, sentence = "") {
  const place = document.getElementById("practice-progress");
  if (!place) return;
  showAll(store, place, pageFacts().questions);
  /** @type {HTMLElement} */ (place.querySelector(".practice-status")).textContent = sentence;
}

const store = new Store();
markQuestions(store);
refresh(store);
window.addEventListener("storage", () => refresh(store));
