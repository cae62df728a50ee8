// Leads keys to actions, and leaves those of the browser and of fields alone.

const OWN_KEYS = "input, select, textarea";
const PRESSING = "button, a"; // which Enter and Space press

// find: returns the action of a key, or undefined.
export function onKeys(find) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.target.matches(OWN_KEYS)) return;
    if (event.target.matches(PRESSING) && ["Enter", " "].includes(event.key)) return;
    const action = find(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (!action) return;
    event.preventDefault();
    action();
  });
}
