// Makes elements; every text is put in as text, never as markup.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "color") made.style.setProperty("--c", value);
    else if (key === "click") made.addEventListener("click", value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

// Returns a text with values put in place of {name}.
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

// Returns the time of a label as the clock here shows it.
export const localTime = (time, lang) => new Date(time).toLocaleString(lang, { dateStyle: "medium", timeStyle: "short" });
