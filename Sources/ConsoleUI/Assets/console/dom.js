// Elements and texts: nothing here reads markup, so nothing that a server sends can become a script.

const drawing = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(key, value);
    else if (value === true) node.setAttribute(key, '');
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value);
  }
  append(node, children);
  return node;
}

function append(node, children) {
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ''));
}

/** Makes an element; attributes that are null or false are left out, functions listen to events. */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** Makes an element of a drawing. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(drawing, name), attributes, children);
}

/** Puts new children in place of those of a node. */
export function put(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

/** A text that somebody else wrote: its direction of writing stays its own. */
export function own(text) {
  return el('bdi', {}, String(text ?? ''));
}

let count = 0;

/** An id that no other element of the page has. */
export function freshID(stem) {
  count += 1;
  return `${stem}-${count}`;
}
