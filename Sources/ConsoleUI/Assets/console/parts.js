// The pieces that views are made of: times, tables, sections that load, messages to the reader.

import { curl } from './api.js';
import { el, freshID, own, put } from './dom.js';
import { moment, number, t } from './i18n.js';

/** A moment in milliseconds since 1970; nothing where there is none. */
export function time(milliseconds) {
  const found = milliseconds === null || milliseconds === undefined || milliseconds === '' ? null : moment(milliseconds);
  return found ? el('time', { datetime: found.machine, title: found.utc }, found.text) : '';
}

/** A short word in a box: `good`, `bad`, `warn`, or none of them. */
export const badge = (text, kind = '') => el('span', { class: `badge ${kind}` }, text);

/** A name or id that is copied as it is. */
export const code = (text) => el('code', {}, own(text));

/** A link below the application of the address. */
export const link = (address, ...children) => el('a', { href: address }, ...children);

/** A button; `kind` is `plain`, `first` for what the view is for, or `danger`. */
export function button(text, press, { kind = 'plain', ...attributes } = {}) {
  return el('button', { type: 'button', class: kind, ...attributes, click: press }, text);
}

/** The call that an action makes, for a shell; `request` is asked when it is looked at. */
export function asCurl(request) {
  const line = el('pre', { tabindex: 0, role: 'group', 'aria-label': t('The call for a shell') });
  const details = el('details', { class: 'curl' }, el('summary', {}, t('as curl')), line);
  const write = () => { if (details.open) put(line, [request()].flat().map(curl).join('\n')); };
  details.addEventListener('toggle', write);
  details.write = write;
  return details;
}

/** What went wrong, with a way to try again where that can help. */
export function problem(error, again) {
  return el('div', { role: 'alert', class: 'problem' },
    el('p', {}, own(error.message)),
    error.reference ? el('p', { class: 'faint' }, t('Request {id}', { id: error.reference })) : null,
    again ? button(t('Try again'), again) : null);
}

/** Says something in the page's live region, where it can be read for a while, too. */
export function announce(text) {
  document.dispatchEvent(new CustomEvent('announce', { detail: text }));
}

/** A sentence for where nothing is. */
export const nothing = (text) => el('p', { class: 'nothing' }, text);

/**
 * A part of a view that is loaded by itself: shows that it loads, then what `render` makes of what came, or what went wrong.
 *
 * A 404 shows `missing` where that is given: the server has no such route. Its `reload` loads it anew.
 */
export function section(context, { heading, level = 2, tools, load, render, missing, id }) {
  const headingID = freshID('section');
  const body = el('div', { class: 'body' });
  const node = el('section', { class: 'panel', id, 'aria-labelledby': heading ? headingID : null },
    heading ? el('div', { class: 'head' }, el(`h${level}`, { id: headingID }, heading), tools ?? null) : null, body);
  let turn = 0;
  node.reload = async ({ quiet = false } = {}) => {
    turn += 1;
    const mine = turn;
    if (!quiet) put(body, el('p', { class: 'loading' }, t('Loading …')));
    body.setAttribute('aria-busy', 'true');
    try {
      const found = await load();
      if (mine !== turn || context.signal.aborted) return;
      const nodes = await render(found);
      if (mine !== turn || context.signal.aborted) return;
      put(body, nodes);
    } catch (error) {
      if (mine !== turn || context.signal.aborted) return;
      if (error.status === 404 && missing === 'hide') {
        node.hidden = true;
      } else if (error.status === 404 && missing) put(body, nothing(missing));
      else if (error.scope !== undefined && error.scope !== null) put(body, nothing(error.message));
      else put(body, problem(error, () => node.reload()));
    }
    body.removeAttribute('aria-busy');
  };
  node.reload();
  return node;
}

/** A table of rows; `columns` are `{label, cell, kind}`, where `kind` is `number`, `acts`, `wide` or none. */
export function table({ name, columns, rows, empty }) {
  if (rows.length === 0) return nothing(empty ?? t('There is nothing here yet.'));
  const heads = columns.map((column) => el('th', { scope: 'col', role: 'columnheader', class: column.kind }, column.label === '' ? el('span', { class: 'unseen' }, t('Actions')) : column.label));
  const lines = rows.map((row) => el('tr', { role: 'row' }, columns.map((column, index) => {
    const cell = el('td', { role: 'cell', class: column.kind, 'data-label': column.label }, el('div', {}, column.cell(row)));
    if (index === 0) cell.classList.add('lead');
    return cell;
  })));
  return el('table', { role: 'table', 'aria-label': name },
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, heads)), el('tbody', { role: 'rowgroup' }, lines));
}

/** The way to the next page and back to the first, where there are more than one. */
export function pager(context, { next, parameter = 'cursor', count }) {
  const here = context.query[parameter];
  if (!next && !here) return count === undefined ? null : el('p', { class: 'faint count' }, rowCount(count));
  return el('div', { class: 'pager' },
    count === undefined ? null : el('span', { class: 'faint' }, rowCount(count)),
    here ? link(context.address({ [parameter]: null }), t('First page')) : null,
    next ? button(t('Next page'), () => context.go(context.address({ [parameter]: next }))) : el('span', { class: 'faint' }, t('Last page')));
}

const rowCount = (count) => t('Rows: {count}', { count });

/** Names and values, one below the other. Values that are null are left out. */
export function facts(pairs) {
  return el('dl', { class: 'facts' }, pairs.filter((pair) => pair && pair[1] !== null && pair[1] !== undefined && pair[1] !== '')
    .map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

/** A field of a form with its label; a hint is read with it. */
export function field({ label, name, type = 'text', value = '', hint, options, checked, ...rest }) {
  const id = freshID(name);
  const hintID = hint ? `${id}-hint` : null;
  const shared = { id, name, 'aria-describedby': hintID, ...rest };
  let input;
  if (type === 'select') {
    input = el('select', shared, options.map(([key, text]) => el('option', { value: key, selected: key === value }, text)));
  } else if (type === 'textarea') input = el('textarea', { rows: 4, ...shared }, value);
  else if (type === 'checkbox') input = el('input', { type, ...shared, checked });
  else input = el('input', { type, autocomplete: 'off', spellcheck: 'false', ...shared, value });
  const text = el('label', { for: id }, label);
  const note = hint ? el('span', { class: 'hint', id: hintID }, hint) : null;
  return type === 'checkbox' ? el('div', { class: 'field check' }, input, text, note) : el('div', { class: 'field' }, text, input, note);
}

/** A number as text, or a dash. */
export const count = (value) => (value === null || value === undefined ? '–' : number(Number(value)));

/** The search field of a list; Enter puts what was written into the address, and the page begins anew. */
export function searchForm(context, { label, name, ...rest }, ...more) {
  const input = field({ label, name, type: 'search', value: context.query[name] ?? '', ...rest });
  input.querySelector('input').id = `search-${name}`;
  input.querySelector('label').htmlFor = `search-${name}`;
  return el('form', {
    role: 'search', class: 'search', submit: (event) => {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(event.target));
      context.go(context.address({ ...values, cursor: null }));
    },
  }, input, more, el('button', { type: 'submit' }, t('Search')));
}
