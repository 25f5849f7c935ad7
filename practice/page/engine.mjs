// Owns the worker that runs Python: starts it, gives it one request at a time, and replaces one that hangs or dies.

/**
 * @typedef {"check" | "run" | "rerun"} Task
 * @typedef {{ kind: string, [key: string]: any }} Told what the worker says, and what the harness says through it
 * @typedef {"ended" | "too slow" | "stalled" | "stopped" | "crashed"} Outcome
 * @typedef {object} Settings
 * @property {number} checkSeconds how long a check, or a cell, may take
 * @property {number} startSeconds how long the worker may say nothing while it starts and loads
 */

// What starts the clock again; output does not.
const STEPS = ["running", "plan", "started", "result"];

export class Engine {
  /**
   * @param {URL} script the worker's address
   * @param {any} facts what the build says of the page
   * @param {(told: Told) => void} onProgress hears of loading: before the first request too
   * @param {Settings} settings
   */
  constructor(script, facts, onProgress, settings) {
    this.script = script;
    this.facts = facts;
    this.onProgress = onProgress;
    this.settings = settings;
    /** @type {Worker | null} */
    this.worker = null;
    /** @type {Promise<void> | null} */
    this.started = null;
    /** @type {((told: Told) => void) | null} */
    this.listener = null;
    /** @type {((outcome: Outcome) => void) | null} */
    this.finish = null;
    this.number = 0;
    this.timer = 0;
    this.spent = false;
  }

  /** Start Python, unless it runs. Rejects with an Error that says why it could not. @returns {Promise<void>} */
  start() {
    this.started ??= new Promise((resolve, reject) => {
      const worker = (this.worker = new Worker(this.script, { type: "module" }));
      let starting = true;
      const lose = (/** @type {string} */ why, /** @type {Outcome} */ outcome) => {
        if (!starting) return this.end(outcome);
        this.kill();
        reject(new Error(why));
      };
      const wait = () =>
        this.allow(this.settings.startSeconds, () => lose("nothing has arrived for a while", "stalled"));
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        lose(event.message || "its script could not be loaded", "crashed");
      });
      worker.addEventListener("message", ({ data }) => {
        if (data.kind === "ready") {
          starting = false;
          clearTimeout(this.timer);
          resolve();
        } else if (data.kind === "failed") {
          lose(data.text, "crashed");
        } else {
          if (data.kind === "progress") wait();
          this.hear(data);
        }
      });
      wait();
      worker.postMessage({ kind: "start", facts: this.facts });
    });
    return this.started;
  }

  /**
   * Run a request. Resolves with how it ended; rejects if Python could not start.
   * @param {Task} task
   * @param {object} request
   * @param {(told: Told) => void} listener hears the harness's events
   * @returns {Promise<Outcome>}
   */
  async run(task, request, listener) {
    /** @type {Promise<Outcome>} */
    const outcome = new Promise((resolve) => (this.finish = resolve));
    this.listener = listener;
    this.number += 1;
    try {
      // Stop may come first; `started` then never settles.
      if ((await Promise.race([this.start(), outcome])) !== undefined) return outcome;
    } catch (error) {
      this.finish = this.listener = null;
      throw error;
    }
    this.allow(this.settings.startSeconds, () => this.end("stalled"));
    this.worker?.postMessage({ kind: "run", number: this.number, task, request });
    return outcome;
  }

  /** End what runs, and forget all that code has left behind. The next run starts a new worker, mostly from the cache. */
  stop() {
    this.end("stopped");
  }

  /** @param {Told} told */
  hear(told) {
    if (told.kind === "progress") {
      this.onProgress(told);
    } else if (told.number === this.number && this.finish) {
      if (told.kind === "crashed") this.end("crashed");
      else if (told.event?.kind === "end") this.settle("ended");
      else {
        if (STEPS.includes(told.kind) || STEPS.includes(told.event?.kind)) this.limit();
        if (told.event?.spent) this.spent = true;
        this.listener?.(told.event ?? told);
      }
    }
  }

  /** A check, or a cell, has its time from here on. */
  limit() {
    this.allow(this.settings.checkSeconds, () => this.end("too slow"));
  }

  /** @param {number} seconds @param {() => void} giveUp what to do when nothing starts the clock again before */
  allow(seconds, giveUp) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(giveUp, 1000 * seconds);
  }

  /** @param {Outcome} outcome */
  end(outcome) {
    this.kill();
    this.settle(outcome);
  }

  /** @param {Outcome} outcome */
  settle(outcome) {
    clearTimeout(this.timer);
    if (this.spent) this.kill();
    const finish = this.finish;
    this.finish = this.listener = null;
    finish?.(outcome);
  }

  kill() {
    clearTimeout(this.timer);
    this.worker?.terminate();
    this.worker = this.started = null;
    this.spent = false;
  }
}
