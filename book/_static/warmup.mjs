// What neither CSS nor the theme does: reach what scrolls by keyboard, keep diagrams legible, mend markup, unfold.

const SCROLLERS = ".highlight pre, .output pre, .text_html, .pst-scrollable-table-container, .mermaid, mjx-container";
const LEGIBLE_SCALE = 0.7;
const WORDY_ROW = 90;

/** Give every box that scrolls sideways a place in the tab order, so that arrow keys can scroll it. */
function reachScrollers() {
  for (const box of document.querySelectorAll(SCROLLERS)) {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    if (scrolls && !box.hasAttribute("tabindex")) box.tabIndex = 0;
  }
}

/** Shrink no diagram so far that its labels cannot be read: from there on it scrolls sideways. */
function keepDiagramsLegible() {
  const watcher = new MutationObserver((changes) => {
    for (const svg of changes.flatMap((change) => [...change.target.querySelectorAll(":scope > svg")])) {
      svg.style.minWidth = `${LEGIBLE_SCALE * parseFloat(svg.style.maxWidth)}px`;
    }
    reachScrollers();
  });
  for (const block of document.querySelectorAll(".mermaid")) watcher.observe(block, { childList: true });
}

/** The side bar is no landmark, some buttons are not named as they read, and pandas heads a column with nothing. */
function mendMarkup() {
  const sideBar = document.querySelector(".bd-sidebar-primary");
  sideBar?.setAttribute("role", "complementary");
  sideBar?.setAttribute("aria-label", "Book");
  for (const button of document.querySelectorAll(".search-button-field, details.hide > summary")) {
    button.removeAttribute("aria-label");
  }
  for (const head of document.querySelectorAll(".bd-article th")) {
    if (!head.textContent.trim()) head.setAttribute("role", "presentation");
  }
}

/** Mark the tables whose rows are sentences: on a small screen the style sheet sets each row as a labelled block. */
function stackWordyTables() {
  for (const table of document.querySelectorAll(".bd-article table.table:not(.dataframe)")) {
    const heads = [...table.tHead.rows[0].cells].map((head) => head.textContent.trim());
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    const few = heads.length < 3 && !table.classList.contains("warmup-mistakes");
    if (few || rows.every((row) => row.textContent.length < WORDY_ROW)) continue;
    table.classList.add("warmup-stacked");
    // As blocks they would lose their place in the table for a screen reader.
    table.setAttribute("role", "table");
    for (const row of rows) {
      row.setAttribute("role", "row");
      [...row.cells].forEach((cell, column) => {
        cell.setAttribute("role", "cell");
        cell.dataset.label = heads[column];
      });
    }
  }
}

/** Mark what a cell printed in columns: on a small screen it scrolls, where sentences wrap. */
function keepColumns() {
  for (const output of document.querySelectorAll("div.cell_output pre")) {
    const inColumns = output.textContent.split("\n").filter((line) => /\S {2,}\S/.test(line));
    output.classList.toggle("warmup-columns", inColumns.length > 1);
  }
}

/** Where a link leads into a folded part, open what folds it. */
function unfoldTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folds = [...document.querySelectorAll("details:not([open])")].filter((fold) => target && fold.contains(target));
  for (const fold of folds) fold.open = true;
  if (folds.length) target.scrollIntoView();
}

/** Open all folded parts for the printer, and close them again afterwards. */
function unfoldForPrint() {
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(".bd-article details:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
}

/** Load the part of practice that this page has a place for. */
function startPractice() {
  const facts = document.getElementById("practice-facts");
  if (!facts) return;
  const { folder, script } = JSON.parse(facts.textContent);
  import(new URL(`vendor/${folder}/${script}.mjs`, import.meta.url)).catch((error) => console.warn("practice:", error));
}

stackWordyTables();
keepColumns();
keepDiagramsLegible();
reachScrollers();
window.addEventListener("load", reachScrollers);
window.addEventListener("resize", reachScrollers);
mendMarkup();
unfoldTarget();
window.addEventListener("hashchange", unfoldTarget);
unfoldForPrint();
startPractice();
