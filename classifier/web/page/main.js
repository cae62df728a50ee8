// The label page: one report at a time, a paragraph or sentence that is looked at, and what the keys do to it.

import { element, filled } from "./elements.js";
import { onKeys } from "./keys.js";
import { isDecided, shownAreas } from "./labels.js";
import { drawKeys, drawPanel } from "./panel.js";
import { drawParagraph } from "./paragraphs.js";
import { Search } from "./search.js";
import { get, Writes } from "./server.js";

const POLL = 2000; // milliseconds
const $ = (id) => document.getElementById(id);
const start = await get("/api/start").catch((error) => ({ fault: error.message }));
const words = start.words ?? {};
const areas = new Map((start.areas ?? []).map((area) => [area.id, area]));
const labels = new Map(); // by id of paragraph; null where all is undone
const waiting = new Set(); // ids of paragraphs whose verdict is on its way
let report = 0;
let paragraphs = [];
let at = 0; // which of the paragraphs is looked at
let sentence = null; // which of its sentences, from 1; null for the whole
let number = 0; // of the last entry of the log that is known here

const current = () => paragraphs[at];
const articles = () => [...$("text").querySelectorAll("article")];
const open = (p) => p.decidable && !waiting.has(p.id) && !isDecided(p, labels.get(p.id));
const toCheck = (paragraph) => open(paragraph) && (start.suggested || paragraph.uncertain);

const search = new Search(
  () => articles().map((article) => article.querySelector("p")),
  (hit, all) => {
    $("found").textContent = !search.query ? "" : all ? filled(words.found, { at: hit, all }) : words.nothing_found;
  },
  start.folding ?? ["", ""],
);

const writes = new Writes((state, why) => {
  if (state === "refused") waiting.clear();
  $("saving").className = state;
  $("saving").textContent = filled(words[state], { why: why || words.no_server });
}, applied);

function applied(answer, written) {
  waiting.delete(written); // what was said already is no change
  if ("undone" in answer) {
    const place = paragraphs.findIndex((paragraph) => paragraph.id === answer.undone);
    if (place >= 0) [at, sentence] = [place, null];
  }
  const changed = new Set(Object.keys(answer.labels));
  changed.forEach((id) => waiting.delete(id));
  if (answer.number < number) return; // a later answer came before it
  number = answer.number;
  for (const id of changed) labels.set(id, answer.labels[id]);
  paragraphs.forEach((paragraph, i) => changed.has(paragraph.id) && redraw(i));
  if (search.query) search.refresh();
  look(false);
}

function redraw(i) {
  const drawn = drawParagraph(paragraphs[i], labels.get(paragraphs[i].id), areas, words, start.suggested);
  articles()[i].replaceWith(drawn);
}

// Shows which paragraph and sentence are looked at; move: goes there, too.
function look(move = true) {
  $("text").querySelector("article.at")?.classList.remove("at");
  $("text").querySelector(".s.at")?.classList.remove("at");
  const article = articles()[at];
  if (!article) return;
  article.classList.add("at");
  const part = sentence === null ? null : article.querySelector(`.s[data-n="${sentence}"]`);
  part?.classList.add("at");
  if (move || document.activeElement === document.body) article.focus({ preventScroll: true });
  if (move) (part ?? article).scrollIntoView({ block: "nearest" });
  drawPanel($("panel"), current(), labels.get(current().id), sentence, areas, words, toggle, answer);
  const all = paragraphs.filter((paragraph) => paragraph.decidable);
  const done = all.filter((paragraph) => isDecided(paragraph, labels.get(paragraph.id))).length;
  $("progress").textContent = filled(words.progress, { all: all.length, done, open: all.filter(toCheck).length });
  $("bar").value = all.length ? done / all.length : 1;
  history.replaceState(null, "", `#${report}-${at}`);
  addWords(current(), report, at);
}

// Marks the words that carried each area, which are asked for only where a paragraph is looked at.
async function addWords(paragraph, own, position) {
  if (!paragraph.areas.length || paragraph.words) return;
  paragraph.words = []; // so that they are asked for once
  const found = await get(`/api/reports/${own}/words/${position}`).catch(() => ({ words: [] }));
  paragraph.words = found.words;
  if (paragraph !== paragraphs[position]) return; // another report is shown
  redraw(position);
  if (search.query) search.refresh();
  if (position === at) look(false);
}

function goTo(position) {
  if (position === null || position < 0 || position >= paragraphs.length) return;
  [at, sentence] = [position, null];
  look();
}

// Goes to the next paragraph that fits, in one direction; with `round`, from the end to the beginning.
function step(direction, fits, round = false) {
  for (let i = at + direction, left = paragraphs.length; left; i += direction, left -= 1) {
    if (round) i = (i + paragraphs.length) % paragraphs.length;
    if (!paragraphs[i]) return;
    if (fits(paragraphs[i])) return goTo(i);
  }
  if (round) tell(words.no_more);
}

function stepSentence(direction) {
  const last = current().sentences.length;
  if (!current().decidable || !last) return;
  sentence = sentence === null ? (direction > 0 ? 1 : last) : sentence + direction;
  if (sentence < 1 || sentence > last) sentence = null;
  look();
}

function tell(text) {
  $("saving").className = "";
  $("saving").textContent = text;
}

// Saves what `change` makes of the areas that are shown; a write waits for those before it.
function save(change) {
  const [paragraph, position, part, own] = [current(), at, sentence, report];
  if (!paragraph?.decidable) return;
  waiting.add(paragraph.id);
  writes.add(() => {
    const found = change(shownAreas(paragraph, labels.get(paragraph.id), part), paragraph);
    const body = { report: own, position, id: paragraph.id, sentence: part, areas: found, since: number };
    return { path: "/api/labels", body };
  });
}

function toggle(area) {
  save((shown, { about }) => about.filter((id) => shown.includes(id) !== (id === area)));
  document.activeElement.blur(); // the panel is drawn anew
}

function answer(yes) {
  save((_, { about }) => (yes ? about : []));
  step(1, open);
}

// Saves the labels that a paragraph came with, where they are to be looked at again.
function keep() {
  if (!current().labelled) return;
  sentence = null;
  save((_, { labelled }) => labelled);
  step(1, (paragraph) => paragraph.decidable);
}

function accept() {
  save((shown) => shown);
  if (sentence !== null && sentence < current().sentences.length) stepSentence(1);
  else step(1, (paragraph) => paragraph.decidable);
}

const isQuestion = () => current()?.about.length === 1;

function areaOfKey(key) {
  return isQuestion() ? undefined : current()?.about.find((id) => areas.get(id).key === key);
}

const actions = {
  j: () => step(1, () => true),
  k: () => step(-1, () => true),
  ArrowRight: () => stepSentence(1),
  ArrowLeft: () => stepSentence(-1),
  Escape: () => goTo(at),
  Enter: accept,
  o: keep,
  x: () => (isQuestion() ? undefined : save(() => [])),
  n: () => (isQuestion() ? answer(false) : step(1, toCheck, true)),
  p: () => (isQuestion() ? undefined : step(-1, toCheck, true)),
  y: () => (isQuestion() ? answer(true) : undefined),
  ".": () => step(1, toCheck, true),
  ",": () => step(-1, toCheck, true),
  u: () => writes.add(() => ({ path: "/api/undo", body: { since: number } })),
  "/": () => $("search").select(),
  "[": () => show(report - 1),
  "]": () => show(report + 1),
};
actions.ArrowDown = actions.j;
actions.ArrowUp = actions.k;

async function show(wanted, position = null) {
  if (wanted < 0 || wanted >= start.reports.length) return;
  report = wanted;
  $("report").value = String(wanted);
  $("text").replaceChildren(element("p", { class: "soft" }, words.loading));
  paragraphs = [];
  $("panel").replaceChildren();
  try {
    const found = await get(`/api/reports/${wanted}`);
    if (report !== wanted) return; // another one was asked for meanwhile
    ({ paragraphs } = found);
    number = Math.max(number, found.number);
    for (const { id } of paragraphs) labels.set(id, found.labels[id] ?? null);
  } catch (error) {
    $("text").replaceChildren(element("p", { class: "fault" }, error.message));
    return;
  }
  $("text").replaceChildren(...paragraphs.map((p) => drawParagraph(p, labels.get(p.id), areas, words, start.suggested)));
  const first = paragraphs.findIndex(open);
  at = 0;
  goTo(position !== null && position < paragraphs.length ? position : Math.max(first, 0));
  drawKeys($("keys"), words, areas, isQuestion(), start.reports.length > 1, paragraphs.some((p) => p.labelled));
  if (search.query) search.look(search.query, at);
}

async function poll() {
  if (document.visibilityState !== "visible" || writes.unsaved) return;
  try {
    const answer = await get(`/api/changes?since=${number}`);
    if ($("saving").className === "lost") tell("");
    if (!Object.keys(answer.labels).length) return;
    applied(answer);
    if (current()?.id in answer.labels) tell(words.another);
  } catch (error) {
    $("saving").className = "lost";
    $("saving").textContent = error.refused ? error.message : words.no_server;
  }
}

function begin() {
  $("report").append(...start.reports.map((name, i) => element("option", { value: i }, name)));
  $("report").addEventListener("change", () => {
    $("report").blur();
    show(Number($("report").value));
  });
  $("search").addEventListener("input", () => goTo(search.look($("search").value, at)) ?? $("search").focus());
  $("search").addEventListener("keydown", (event) => {
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "Escape") return look();
    const position = search.go(event.shiftKey ? -1 : 1);
    if (position !== null) goTo(position);
    $("search").focus();
  });
  $("text").addEventListener("click", (event) => {
    const position = articles().indexOf(event.target.closest("article"));
    if (position < 0 || String(getSelection())) return;
    const part = event.target.closest(".s");
    const again = position === at && part && current().decidable;
    [at, sentence] = [position, again ? Number(part.dataset.n) : null];
    look();
  });
  onKeys((key) => {
    const area = areaOfKey(key);
    const action = area ? () => toggle(area) : paragraphs.length || "[]".includes(key) ? actions[key] : undefined;
    return action && (() => action());
  });
  addEventListener("beforeunload", (event) => writes.unsaved && event.preventDefault());
  addEventListener("resize", () => look());
  document.addEventListener("visibilitychange", poll);
  setInterval(poll, POLL);
  const [, own, place] = location.hash.match(/^#(\d+)-(\d+)$/) ?? [];
  const known = Number(own) < start.reports.length;
  show(known ? Number(own) : 0, known ? Number(place) : null);
}

if (start.fault) $("text").replaceChildren(element("p", { class: "fault" }, start.fault));
else begin();
