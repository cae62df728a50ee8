// What is shown of a paragraph: what was decided, and where nothing was, what the model says.

// Returns true or false where an area of a paragraph, or of its sentence `number` from 1, was decided, else undefined.
export function decision(paragraph, label, number, area) {
  if (!label) return undefined;
  if (number === null) return label.whole[area];
  return sameSentences(paragraph, label) ? label.sentences[number - 1]?.[area] : undefined;
}

// Returns the ids of the areas that a paragraph or sentence has, in the order of the taxonomy.
export function shownAreas(paragraph, label, number) {
  const model = number === null ? paragraph.areas : paragraph.sentences[number - 1].areas;
  return paragraph.about.filter((area) => decision(paragraph, label, number, area) ?? model.includes(area));
}

export function isDecided(paragraph, label, number = null) {
  return paragraph.about.every((area) => decision(paragraph, label, number, area) !== undefined);
}

export function isPartlyDecided(paragraph, label) {
  return Boolean(label) && paragraph.about.some((area) => area in label.whole || label.sentences.some((own) => area in own));
}

// Labels number sentences; they mean ours only where these stand at the same places.
function sameSentences(paragraph, label) {
  const spans = paragraph.sentences.map((sentence) => [sentence.start, sentence.end]);
  return JSON.stringify(spans) === JSON.stringify(label.spans);
}
