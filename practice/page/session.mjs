// A page's Python: when it starts, what the reader hears of it, and the words that both kinds of panel use.
import { megabytes } from "./dom.mjs";
import { Engine } from "./engine.mjs";

const SETTINGS = { checkSeconds: 10, startSeconds: 60 };

/**
 * The engine of this page, which tells of loading as a sentence.
 * @param {any} facts
 * @param {(sentence: string, share: number) => void} onLoading `share` is the part that has arrived
 */
export function openSession(facts, onLoading) {
  // A test can shorten what a reader should wait for.
  const settings = { ...SETTINGS, .../** @type {any} */ (window).warmupPractice };
  const tell = (/** @type {any} */ { file, loaded, total }) => {
    const of = total > loaded ? ` of ${megabytes(total)}` : "";
    onLoading(`Loading Python and what the page needs: ${megabytes(loaded)}${of} (${file})`, loaded / total);
  };
  return new Engine(new URL("worker.mjs", import.meta.url), facts, tell, settings);
}

/**
 * What the page's Python takes, in words: said before anything is loaded.
 * @param {any} facts
 */
export function whatItLoads({ siteBytes, packages, packageBytes }) {
  const own = `Python runs in your browser, and your code stays there. The first run loads ${megabytes(siteBytes)} from this site`;
  if (packages.length === 0) return `${own}; the browser keeps it.`;
  const names = new Intl.ListFormat("en-GB").format(packages);
  return `${own}, and ${names} (about ${megabytes(packageBytes)}) from cdn.jsdelivr.net; the browser keeps both.`;
}

/** Why there was no run, in words. @param {any} error */
export function notStarted(error) {
  return `Python could not start here: ${error.message}. You can read on, or try again.`;
}

/**
 * How a run ended, in words, where it did not end by itself.
 * @param {string} outcome
 * @param {number} seconds
 */
export function ending(outcome, seconds) {
  const endings = /** @type {Record<string, string>} */ ({
    "too slow": `Stopped: a step took more than ${seconds} s. Is there a loop that never ends?`,
    stalled: "Stopped: what the code needs has not arrived. Is the network slow?",
    stopped: "Stopped.",
    crashed: "Python broke down over this code: it may nest too deep, or take too much memory.",
  });
  return `${endings[outcome]} The next run starts Python anew.`;
}
