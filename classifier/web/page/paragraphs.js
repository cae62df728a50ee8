// Draws the paragraphs of a report: evidence in the colour of its area, words that carried it, areas below.

import { element, filled } from "./elements.js";
import { decision, isDecided, isPartlyDecided, shownAreas } from "./labels.js";

const LONGEST_PATH = 60; // characters of headings above a suggestion

// areas: by id. suggested: whether paragraphs stand alone, so that each says where it comes from.
export function drawParagraph(paragraph, label, areas, words, suggested) {
  const decided = paragraph.decidable && isDecided(paragraph, label);
  const state = decided ? "decided" : paragraph.uncertain ? "uncertain" : isPartlyDecided(paragraph, label) ? "part" : "";
  const mark = decided ? "✓" : paragraph.uncertain ? "?" : "";
  const place = element("div", { class: "place" }, String(paragraph.line));
  if (paragraph.page) place.append(element("br"), filled(words.page, { page: paragraph.page }));
  if (mark) place.append(element("div", { class: "mark", title: decided ? "" : words.uncertain }, mark));
  const body = element("div", { class: "body" });
  if (suggested) body.append(element("div", { class: "soft" }, origin(paragraph)));
  body.append(element("p", {}, ...drawText(paragraph, label, areas)));
  if (paragraph.decidable) body.append(drawChips(paragraph, label, areas, words));
  return element("article", { class: `p ${paragraph.kind} ${state}`, tabindex: "-1" }, place, body);
}

function origin(paragraph) {
  const path = paragraph.heading.join(" › ");
  return [paragraph.document, path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path].filter(Boolean).join(" · ");
}

function drawText(paragraph, label, areas) {
  const text = Array.from(paragraph.text); // places count characters, and some take two of JavaScript's
  const cut = (start, end) => text.slice(start, end).join("");
  const parts = [];
  let at = 0;
  paragraph.sentences.forEach((sentence, i) => {
    parts.push(cut(at, sentence.start), drawSentence(paragraph, label, i + 1, areas, cut));
    at = sentence.end;
  });
  return [...parts, cut(at)];
}

function drawSentence(paragraph, label, number, areas, cut) {
  const sentence = paragraph.sentences[number - 1];
  const shown = paragraph.decidable ? shownAreas(paragraph, label, number) : [];
  const first = sentence.areas.find((area) => shown.includes(area)) ?? shown[0];
  const made = element("span", { class: first ? "s ev" : "s", "data-n": number, color: areas.get(first)?.color });
  let at = sentence.start;
  for (const [start, end] of paragraph.words?.[number - 1]?.[first] ?? []) {
    if (start < at) continue;
    made.append(cut(at, start), element("b", {}, cut(start, end)));
    at = end;
  }
  made.append(cut(at, sentence.end));
  const own = shown.filter((area) => decision(paragraph, label, number, area));
  if (own.length) made.append(element("small", {}, ...own.map((area) => element("i", { color: areas.get(area).color }, areas.get(area).name))));
  return made;
}

function drawChips(paragraph, label, areas, words) {
  const chips = element("ul", { class: "chips" });
  const shown = shownAreas(paragraph, label, null);
  for (const area of paragraph.about) {
    const said = decision(paragraph, label, null, area);
    const gone = said === false && paragraph.areas.includes(area);
    if (!shown.includes(area) && !gone) continue;
    const kind = gone ? "gone" : said ? "yes" : "model";
    const score = area in paragraph.scores ? paragraph.scores[area].toFixed(2) : "";
    const { name, color } = areas.get(area);
    chips.append(element("li", { class: kind, color }, said ? `✓ ${name}` : name, said === undefined && element("span", { class: "num" }, score)));
  }
  if (!shown.length && isDecided(paragraph, label)) chips.append(element("li", { class: "none" }, `✓ ${words.no_area}`));
  return chips;
}
