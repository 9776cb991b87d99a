/**
 * The page's elements, looked up by id and checked: a renamed id in index.html fails at once and by name.
 */

/**
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function element(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) {
    throw new Error(`index.html has no ${kind.name} with the id ${id}`);
  }
  return found;
}

/**
 * Sets a text only where it differs: a live region announces every write, and layout is not free.
 *
 * @param {Element} target
 * @param {string} words
 */
export function say(target, words) {
  if (target.textContent !== words) {
    target.textContent = words;
  }
}

/**
 * @param {Element} use the `<use>` of an icon
 * @param {string} name a symbol of index.html, without its `icon-`
 */
export function setIcon(use, name) {
  if (use.getAttribute('href') !== `#icon-${name}`) {
    use.setAttribute('href', `#icon-${name}`);
  }
}
