// Talks to the program: writes go one after another, and each is tried until the program has answered.

const RETRY = 1000; // milliseconds
const FORBIDDEN = 403;

async function answered(path, options) {
  const response = await fetch(path, { credentials: "same-origin", cache: "no-store", ...options });
  const body = await response.json();
  if (response.ok) return body;
  throw Object.assign(new Error(body.error), { refused: true, status: response.status });
}

export const get = (path) => answered(path);

export const post = (path, body) =>
  answered(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

export class Writes {
  // show: is called with the name of a state, saving, saved, undone, undone_before, not_saved or refused, and why.
  // apply: is called with the answer to each write, and the id of the paragraph that it was about, if any.
  constructor(show, apply) {
    this.show = show;
    this.apply = apply;
    this.waiting = [];
    this.busy = false;
  }

  // Adds a write. make: returns its path and body when its turn comes, so that it knows what those before it did.
  add(make) {
    this.waiting.push(make);
    if (!this.busy) this.run();
  }

  get unsaved() {
    return this.waiting.length > 0;
  }

  async run() {
    this.busy = true;
    while (this.waiting.length) {
      this.show("saving");
      const { path, body } = this.waiting[0]();
      try {
        const answer = await post(path, body);
        this.waiting.shift();
        this.apply(answer, body.id);
        this.show(answer.already ? "undone_before" : "undone" in answer ? "undone" : "saved");
      } catch (error) {
        if (error.refused && error.status !== FORBIDDEN && error.status < 500) {
          this.waiting.shift();
          this.show("refused", error.message);
        } else {
          this.show("not_saved", error.refused ? error.message : "");
          await new Promise((done) => setTimeout(done, RETRY));
        }
      }
    }
    this.busy = false;
  }
}
