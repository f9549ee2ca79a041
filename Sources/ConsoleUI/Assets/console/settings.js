// The settings of an application, each with what it means, its default and its bounds.

import { get, call } from './api.js';
import { el, own, put } from './dom.js';
import { number, t } from './i18n.js';
import { announce, asCurl, badge, field, section } from './parts.js';

export async function show(context) {
  const path = `${context.api}/settings`;
  const list = section(context, {
    load: () => get(path, null, context.signal), missing: t('This server has no settings to look at here.'),
    render: ({ data }) => data.map((setting) => form(path, setting)),
  });
  list.classList.add('settings');
  context.fill(context.heading(t('Settings')), list, asCurl(() => ({ path })));
}

const kindOf = ({ value, default: standard }) => {
  const sample = value ?? standard;
  if (typeof sample === 'boolean') return 'checkbox';
  if (typeof sample === 'number') return 'number';
  return sample !== null && typeof sample === 'object' ? 'textarea' : 'text';
};

const shown = (value) => (value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));

function readable(value) {
  if (value === null || value === undefined || value === '') return t('none');
  if (typeof value === 'boolean') return value ? t('on') : t('off');
  return typeof value === 'number' ? number(value) : shown(value);
}

function bounds({ minimum, maximum }) {
  const least = minimum ?? null;
  const most = maximum ?? null;
  if (least === null && most === null) return null;
  if (most === null) return t('at least {least}', { least });
  if (least === null) return t('at most {most}', { most });
  return t('{least} to {most}', { least, most });
}

/** What the form holds, as the API's value. */
function read(input, kind) {
  if (kind === 'checkbox') return input.checked;
  if (kind === 'number') return input.value === '' ? null : Number(input.value);
  if (kind === 'textarea') return input.value.trim() === '' ? null : JSON.parse(input.value);
  return input.value;
}

function form(path, setting) {
  const kind = kindOf(setting);
  const control = field({
    label: setting.name, name: setting.name, type: kind, value: shown(setting.value), checked: setting.value === true,
    min: kind === 'number' ? setting.minimum : null, max: kind === 'number' ? setting.maximum : null, step: kind === 'number' ? 'any' : null,
    hint: [own(setting.description ?? ''), ' ', el('span', {}, [t('Default: {value}', { value: readable(setting.default) }), bounds(setting)].filter(Boolean).join('; '))],
  });
  const input = control.querySelector('input, textarea');
  const error = el('div', { role: 'alert' });
  const press = el('button', { type: 'submit', disabled: true, 'aria-label': t('Save'), 'aria-describedby': input.id }, t('Save'));
  const isOwn = shown(setting.value) !== shown(setting.default);
  const request = () => {
    let value;
    try { value = read(input, kind); } catch { value = input.value; }
    return { method: 'PUT', path, json: { [setting.name]: value } };
  };
  const node = el('form', {
    class: 'setting', input: () => { press.disabled = false; },
    submit: async (event) => {
      event.preventDefault();
      press.disabled = true;
      put(error);
      try {
        read(input, kind);
        const { method, json } = request();
        await call(method, path, { json });
        announce(t('Saved.'));
      } catch (problem) {
        press.disabled = false;
        put(error, el('p', { class: 'problem' }, own(problem instanceof SyntaxError ? t('This is no JSON.') : problem.message)));
      }
    },
  }, control, el('div', { class: 'actions' }, isOwn ? badge(t('changed')) : null, press), error, asCurl(request));
  node.addEventListener('input', () => node.querySelector('.curl').write());
  return node;
}
