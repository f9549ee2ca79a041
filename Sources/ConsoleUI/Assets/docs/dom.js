// Elements and texts: nothing here reads HTML, so nothing that is shown can be markup.

/** Makes an element; attributes that are null or false are left out, functions listen to events. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(key, value);
    else if (value === true) node.setAttribute(key, '');
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''));
  return node;
}

/** A text with `code` and **bold** in it. */
export function inline(text) {
  return String(text).split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.length > 2 && part.startsWith('`') && part.endsWith('`')) return element('code', {}, part.slice(1, -1));
    if (part.length > 4 && part.startsWith('**') && part.endsWith('**')) return element('strong', {}, part.slice(2, -2));
    return part;
  });
}

/** The Markdown that the API document uses: headings, paragraphs, tables. */
export function prose(text) {
  return text.split(/\n{2,}/).flatMap((block) => {
    const lines = block.split('\n');
    if (lines[0].startsWith('|')) return [table(lines)];
    const nodes = [];
    if (lines[0].startsWith('#')) nodes.push(element('h3', {}, inline(lines.shift().replace(/^#+\s*/, ''))));
    if (lines.length) nodes.push(element('p', {}, inline(lines.join(' '))));
    return nodes;
  });
}

function table(lines) {
  const cells = (line) => line.replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
  const row = (line, name) => element('tr', {}, cells(line).map((cell) => element(name, {}, inline(cell))));
  return element('div', { class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Table' },
    element('table', {},
      element('thead', {}, row(lines[0], 'th')),
      element('tbody', {}, lines.slice(2).map((line) => row(line, 'td')))));
}
