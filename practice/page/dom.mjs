// Small helpers to build and read the page.

/**
 * An element with properties, attributes (names with a dash, and `role`) and children.
 * @param {string} name
 * @param {Record<string, any>} [properties]
 * @param {...(Node | string)} children
 * @returns {any} the element; which kind depends on `name`
 */
export function el(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role") node.setAttribute(key, value);
    else Object.assign(node, { [key]: value });
  }
  node.append(...children);
  return node;
}

/**
 * A button of the panel.
 * @param {string} label
 * @param {() => void} act
 * @param {string} [className]
 * @returns {HTMLButtonElement}
 */
export function button(label, act, className = "") {
  const node = el("button", { type: "button", className: `practice-button ${className}`, textContent: label });
  node.addEventListener("click", () => {
    // Disabled for the reader, yet still in the tab order: focus must not be lost while Python runs.
    if (node.getAttribute("aria-disabled") !== "true") act();
  });
  return node;
}

/**
 * What the build says of this page: its kind, cells and needs. Null on a page without practice.
 * @returns {any}
 */
export function pageFacts() {
  const node = document.getElementById("practice-facts");
  return node && JSON.parse(node.textContent ?? "null");
}

/** The code cells of the page, in order. */
export function codeCells() {
  return [...document.querySelectorAll(".bd-article div.cell")];
}

/**
 * The code that a cell shows.
 * @param {Element} cell
 * @returns {string}
 */
export function sourceOf(cell) {
  return cell.querySelector(".cell_input pre")?.textContent?.replace(/\n$/, "") ?? "";
}

/**
 * A number of bytes in megabytes, for people.
 * @param {number} bytes
 */
export function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
