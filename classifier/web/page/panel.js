// Draws what stands beside the text: the areas of the paragraph or sentence that is looked at, and the keys.

import { element, filled, localTime } from "./elements.js";
import { decision, isDecided, isPartlyDecided, shownAreas } from "./labels.js";

// toggle: is called with the id of an area. answer: with true or false, where one area alone is in question.
export function drawPanel(panel, paragraph, label, number, areas, words, toggle, answer) {
  const target = number === null ? words.whole : filled(words.sentence, { number });
  const head = element("h2", {}, `${filled(words.line, { line: paragraph.line })} · ${target}`);
  if (!paragraph.decidable) {
    panel.replaceChildren(head, element("p", { class: "soft" }, words.not_content));
    return;
  }
  const parts = [head, element("p", { class: "soft" }, status(paragraph, label, words))];
  if (paragraph.heading.length) parts.splice(1, 0, element("p", { class: "soft path" }, paragraph.heading.join(" › ")));
  if (paragraph.labelled) {
    const names = paragraph.labelled.map((id) => areas.get(id).name).join(words.between) || words.no_area;
    parts.push(element("p", { class: "labelled" }, filled(words.labelled, { areas: names })));
  }
  if (paragraph.why) parts.push(element("p", { class: "why" }, paragraph.why));
  if (paragraph.about.length === 1) parts.push(...drawQuestion(paragraph, label, number, areas, words, answer));
  else parts.push(drawAreas(paragraph, label, number, areas, toggle));
  panel.replaceChildren(...parts);
}

function status(paragraph, label, words) {
  if (!label || !isPartlyDecided(paragraph, label)) return words.undecided;
  const about = { by: label.by, time: localTime(label.time, words.html_lang) };
  return filled(isDecided(paragraph, label) ? words.decided : words.in_part, about);
}

function scoreOf(paragraph, number, area) {
  const scores = number === null ? paragraph.scores : paragraph.sentences[number - 1].scores;
  return area in scores ? scores[area].toFixed(2) : "";
}

function drawAreas(paragraph, label, number, areas, toggle) {
  const shown = shownAreas(paragraph, label, number);
  const list = element("ul", { class: "areas" });
  for (const id of paragraph.about) {
    const area = areas.get(id);
    const said = decision(paragraph, label, number, id);
    const state = said === undefined ? (shown.includes(id) ? "model" : "") : said ? "yes" : "no";
    const button = element(
      "button",
      { type: "button", class: state, color: area.color, title: area.definition, "aria-pressed": String(shown.includes(id)), click: () => toggle(id) },
      element("kbd", {}, area.key),
      element("span", { class: "name" }, area.name),
      element("span", { class: "num" }, scoreOf(paragraph, number, id)),
    );
    list.append(element("li", {}, button));
  }
  return list;
}

function drawQuestion(paragraph, label, number, areas, words, answer) {
  const [id] = paragraph.about;
  const area = areas.get(id);
  const said = decision(paragraph, label, number, id);
  const button = (value, key, text) =>
    element("button", { type: "button", class: said === value ? "yes" : "", color: area.color, "aria-pressed": String(said === value), click: () => answer(value) }, element("kbd", {}, key), text);
  return [
    element("p", { class: "question" }, filled(words.question, { area: area.name })),
    element("p", { class: "soft" }, area.definition),
    element("div", { class: "answers" }, button(true, "y", words.yes), button(false, "n", words.no)),
    element("p", { class: "soft" }, `${words.by_model} ${scoreOf(paragraph, number, id)}`),
  ];
}

// Draws the keys that there are. question: whether one area alone is in question. several: whether there are several
// reports. labelled: whether paragraphs have labels that may be wrong.
export function drawKeys(place, words, areas, question, several, labelled) {
  const keys = [...areas.values()].map((area) => area.key).filter(Boolean);
  const span = keys.length > 1 ? `${keys[0]} … ${keys.at(-1)}` : keys[0];
  const rows = question
    ? [["y n", words.key_answer]]
    : [["Enter", words.key_accept], [span, words.key_area], ["x", words.key_none]];
  if (labelled) rows.push(["o", words.key_keep]);
  rows.push(["j k", words.key_next], ["→ ←", words.key_sentence], ["Esc", words.key_whole]);
  rows.push([question ? ". ," : "n p", words.key_uncertain], ["u", words.key_undo], ["/", words.key_search]);
  if (several) rows.push(["[ ]", words.key_report]);
  const drawn = rows.map(([shown, text]) => element("span", {}, ...shown.split(" ").map((key) => (key === "…" ? "… " : element("kbd", {}, key))), text));
  place.replaceChildren(...drawn);
}
