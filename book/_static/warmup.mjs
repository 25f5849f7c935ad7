// What neither CSS nor the theme does: reach what scrolls sideways by keyboard, name two landmarks, unfold for the printer.

/** Give every box that scrolls sideways a place in the tab order, so that arrow keys can scroll it. */
function reachScrollers() {
  for (const box of document.querySelectorAll(".highlight pre, .bd-article table, .mermaid, mjx-container, .output pre")) {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    if (scrolls && !box.hasAttribute("tabindex")) box.tabIndex = 0;
  }
}

/** The theme's side bar is no landmark, and its search button is not named as it reads. */
function nameLandmarks() {
  const sideBar = document.querySelector(".bd-sidebar-primary");
  sideBar?.setAttribute("role", "complementary");
  sideBar?.setAttribute("aria-label", "Book");
  for (const button of document.querySelectorAll(".search-button-field")) button.removeAttribute("aria-label");
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

reachScrollers();
window.addEventListener("load", reachScrollers);
window.addEventListener("resize", reachScrollers);
nameLandmarks();
unfoldForPrint();
