// A question before something is done: a modal dialog with what is to be said, and one button that does it.

import { call } from './api.js';
import { el, freshID, own, put } from './dom.js';
import { t } from './i18n.js';
import { announce, asCurl, field } from './parts.js';

/** The values of a form by the names of its fields; a checkbox is true or false. */
function values(form) {
  return Object.fromEntries([...form.elements].filter((input) => input.name).map((input) => {
    if (input.type === 'checkbox') return [input.name, input.checked];
    if (input.type === 'file') return [input.name, input.files[0] ?? null];
    return [input.name, input.value];
  }));
}

/**
 * Opens a dialog and returns what came of it: the reply, or null where it was closed.
 *
 * `request(values)` gives the call, `{method, path, json, query}`; `run(values, show)` stands in its place for what is more than one
 * call. `reason` adds the field for it, `typed` a name that has to be typed. With `stays` the dialog shows what `run` returned.
 */
export function ask({ title, text = [], action, kind = 'first', fields = [], reason = false, typed = null, request, run, done, stays = false, live }) {
  const heading = freshID('dialog');
  const error = el('div', { role: 'alert' });
  const press = el('button', { type: 'submit', class: kind }, action);
  const inputs = fields.map((one) => (one instanceof Node ? one : field(one)));
  if (reason) inputs.push(field({ label: t('Reason'), name: 'reason', maxlength: 400, hint: t('Stands in the audit log. It may stay empty.') }));
  if (typed !== null) inputs.push(field({ label: t('Type {name} to confirm', { name: typed }), name: 'typed', autocapitalize: 'off' }));
  const line = request ? asCurl(() => request(values(form))) : null;
  const form = el('form', { method: 'dialog' },
    el('h2', { id: heading }, title), [text].flat().map((one) => (typeof one === 'string' ? el('p', {}, one) : one)),
    inputs, live ?? null, error,
    el('div', { class: 'actions' }, el('button', { type: 'button', class: 'plain', click: () => dialog.close() }, stays ? t('Close') : t('Cancel')), press), line);
  const dialog = el('dialog', { 'aria-labelledby': heading }, form);
  const opener = document.activeElement;
  const leaving = new AbortController();
  let isBusy = false;
  let outcome = null;

  const typedField = () => form.elements.namedItem('typed');
  const check = () => {
    press.disabled = isBusy || (typed !== null && typedField().value.trim() !== typed);
    line?.write();
  };
  form.addEventListener('input', check);

  return new Promise((resolve) => {
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (isBusy || press.disabled) return;
      isBusy = true;
      check();
      put(error);
      try {
        const given = values(form);
        if (run) outcome = await run(given, leaving.signal);
        else {
          const { method, path, ...options } = request(given);
          outcome = await call(method, path, { ...options, signal: leaving.signal });
        }
        if (!dialog.open) return;
        const said = done?.(outcome, given);
        if (!stays) {
          dialog.close();
          announce(typeof said === 'string' ? said : t('Done.'));
        }
      } catch (problem) {
        if (dialog.open) put(error, el('p', { class: 'problem' }, own(problem.message)));
      }
      isBusy = false;
      if (dialog.open) check();
    });
    dialog.addEventListener('close', () => {
      leaving.abort();
      dialog.remove();
      if (opener?.isConnected) opener.focus();
      else document.querySelector('main h1')?.focus();
      resolve(outcome);
    });
    // An address that changes under an open question ends the question.
    window.addEventListener('hashchange', () => dialog.open && dialog.close(), { signal: leaving.signal });
    document.body.append(dialog);
    dialog.showModal();
    check();
    (form.querySelector('[autofocus]') ?? form.querySelector('input:not([type=hidden]), select, textarea') ?? press).focus();
  });
}

/** Shows something that is seen only once, such as a secret, until it is put away. */
export function reveal({ title, text, pairs }) {
  const heading = freshID('dialog');
  const opener = document.activeElement;
  const dialog = el('dialog', { 'aria-labelledby': heading },
    el('form', { method: 'dialog' }, el('h2', { id: heading }, title), el('p', {}, text),
      el('dl', { class: 'facts' }, pairs.map(([name, value]) => el('div', {}, el('dt', {}, name),
        el('dd', {}, el('code', { class: 'secret', tabindex: 0 }, value))))),
      el('div', { class: 'actions' }, el('button', { type: 'submit', class: 'first' }, t('Close')))));
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      (opener?.isConnected ? opener : document.querySelector('main h1'))?.focus();
      resolve();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
