// Finds a text in the paragraphs, in whatever characters and widths, and marks it where the browser can mark without changing the page.

export class Search {
  // texts: returns the elements with the texts of paragraphs, in order.
  // draw: is called with the number of the hit from 1, and of all hits.
  // folding: characters, and their simplified or plain forms in the same order.
  constructor(texts, draw, [characters, forms]) {
    this.texts = texts;
    this.draw = draw;
    this.forms = new Map(Array.from(characters, (character, i) => [character, forms[i]]));
    this.query = "";
    this.hits = [];
    this.at = 0;
  }

  // Looks for another text; returns the position of the first paragraph with it from `from` on, or null.
  look(query, from) {
    this.query = this.folded(query.trim());
    this.refresh();
    const after = this.hits.findIndex((position) => position >= from);
    this.at = after < 0 ? 0 : after;
    return this.position();
  }

  // Returns a text of the same length in which all that a search takes for the same is the same.
  folded(text) {
    return Array.from(text, (character) => {
      const form = (this.forms.get(character) ?? character).toLowerCase();
      return form.length === character.length ? form : character;
    }).join("");
  }

  // Goes a hit on or back; returns its position.
  go(step) {
    if (this.hits.length) this.at = (this.at + step + this.hits.length) % this.hits.length;
    return this.position();
  }

  // Looks again, as paragraphs were drawn anew.
  refresh() {
    const ranges = [];
    this.hits = [];
    this.texts().forEach((text, position) => {
      const found = this.query ? this.ranges(text) : [];
      if (found.length) this.hits.push(position);
      ranges.push(...found);
    });
    if (globalThis.CSS?.highlights) CSS.highlights.set("found", new Highlight(...ranges));
  }

  position() {
    this.draw(this.hits.length ? this.at + 1 : 0, this.hits.length);
    return this.hits.length ? this.hits[this.at] : null;
  }

  // A hit may go over several sentences and words, each an element of its own.
  ranges(text) {
    const nodes = [];
    let whole = "";
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest("small") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    while (walker.nextNode()) {
      nodes.push([whole.length, walker.currentNode]);
      whole += this.folded(walker.currentNode.data);
    }
    const place = (offset, ends) => {
      const [start, node] = nodes.findLast(([from]) => (ends ? from < offset : from <= offset));
      return [node, Math.min(offset - start, node.length)];
    };
    const found = [];
    for (let at = whole.indexOf(this.query); at >= 0; at = whole.indexOf(this.query, at + this.query.length)) {
      const range = new Range();
      range.setStart(...place(at, false));
      range.setEnd(...place(at + this.query.length, true));
      found.push(range);
    }
    return found;
  }
}
