// One endpoint: its settings, what was delivered to it and why something wasn't, and delivering again.

import { at, call, get } from './api.js';
import { ask } from './ask.js';
import { el, freshID, own, put } from './dom.js';
import { number, t } from './i18n.js';
import { announce, asCurl, badge, button, code, facts, field, pager, problem, section, table, time } from './parts.js';
import { body, fields, showSecret, state } from './webhooks.js';

const limit = 50;

export async function show(context) {
  const path = context.api + at`/webhooks/${context.id}`;
  const { data: hook } = await get(path, null, context.signal);
  context.fill(context.heading(own(hook.name || hook.id), actions(context, path, hook)),
    profile(context, path), deliveries(context, path), asCurl(() => ({ path })));
}

function profile(context, path) {
  return section(context, {
    heading: t('Profile'), load: () => get(path, null, context.signal),
    render: ({ data: hook }) => facts([
      [t('State'), [state(hook), hook.disabled_reason ? [' ', own(hook.disabled_reason)] : null]], [t('Address'), own(hook.url)],
      [t('Failing since'), hook.failing_since ? time(hook.failing_since) : null], [t('Events'), hook.events.map((event) => [code(event), ' '])],
      [t('Form'), hook.format], [t('Time for an answer in milliseconds'), number(hook.timeout_ms)],
      [t('Asked before a message is delivered'), hook.before ? `${t(hook.before)}; ${t('Without an answer')}: ${t(hook.on_failure)}` : null],
      [t('Id'), code(hook.id)], [t('Created'), time(hook.created)], [t('Changed'), time(hook.modified)],
    ]),
  });
}

function actions(context, path, hook) {
  return [
    button(t('Change'), () => ask({
      title: t('Change {name}', { name: hook.name || hook.id }), action: t('Save'), fields: fields(hook),
      request: (values) => ({ method: 'PUT', path, json: body(values, hook) }), done: () => context.reload(),
    })),
    button(hook.active ? t('Pause') : t('Activate'), () => ask({
      title: hook.active ? t('Pause {name}', { name: hook.name || hook.id }) : t('Activate {name}', { name: hook.name || hook.id }),
      action: hook.active ? t('Pause') : t('Activate'), kind: hook.active ? 'danger' : 'first',
      text: hook.active ? t('Nothing is queued for it until it is active again.') : t('It is informed of what happens from now on.'),
      request: () => ({ method: 'PUT', path, json: { active: !hook.active } }), done: () => context.reload(),
    })),
    button(t('Ping'), () => ping(path)),
    button(t('Replay'), () => replay(context, path)),
    button(t('Rotate secret'), () => ask({
      title: t('Rotate the secret'), action: t('Rotate secret'), kind: 'danger', text: t('Requests are signed with the new secret and for 24 hours with the old one, too. A second rotation in that time ends the oldest.'),
      request: () => ({ method: 'POST', path: `${path}/secret`, json: {} }), done: ({ data }) => { setTimeout(() => showSecret(data)); },
    })),
    button(t('Delete'), () => ask({
      title: t('Delete {name}', { name: hook.name || hook.id }), action: t('Delete'), kind: 'danger', reason: true, typed: (hook.name || hook.id).trim(),
      text: t('What waits for it isn’t delivered any more.'), request: ({ reason }) => ({ method: 'DELETE', path, query: { reason } }),
      done: () => context.go(`${context.base}/webhooks`),
    }), { kind: 'danger' }),
  ];
}

function ping(path) {
  const answer = el('div', { role: 'status' });
  ask({
    title: t('Ping the endpoint'), action: t('Ping'), stays: true, live: answer, text: t('A request of the type “ping” is sent now; the answer stands here.'),
    request: () => ({ method: 'POST', path: `${path}/ping` }),
    done: ({ data }) => put(answer, facts([
      [t('Status'), data.status ? status(data.status) : null], [t('Error'), data.error ? own(data.error) : null],
      [t('Duration'), t('{count} ms', { count: data.duration_ms ?? 0 })], [t('Answer'), data.body ? el('pre', { tabindex: 0 }, own(data.body)) : null],
    ])),
  });
}

const status = (value) => badge(String(value), value >= 200 && value < 300 ? 'good' : 'bad');

/** A moment of a local time, in milliseconds. */
const milliseconds = (text) => new Date(text).getTime();

function local(moment) {
  const date = new Date(moment);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

function replay(context, path) {
  ask({
    title: t('Replay the events of a time'), action: t('Replay'), text: t('They are delivered again under their own ids, so that the receiver knows those that it has.'),
    fields: [
      { label: t('From'), name: 'after', type: 'datetime-local', required: true, value: local(Date.now() - 3600000) },
      { label: t('Until'), name: 'before', type: 'datetime-local', required: true, value: local(Date.now() + 60000) },
      { label: t('Events'), name: 'types', hint: t('Empty: all that the endpoint is informed of.') },
    ],
    request: ({ after, before, types }) => {
      const names = types.split(/[\s,]+/).filter(Boolean);
      return { method: 'POST', path: `${path}/replay`, json: { after: milliseconds(after), before: milliseconds(before), ...(names.length ? { types: names } : {}) } };
    },
    done: () => {
      document.getElementById('deliveries')?.reload({ quiet: true });
      return t('The events are queued.');
    },
  });
}

const kinds = { pending: 'warn', delivered: 'good', failed: 'bad' };

function deliveries(context, path) {
  const chosen = context.query.state ?? '';
  const filter = field({
    label: t('State'), name: 'state', type: 'select', value: chosen, options: [['', t('all')], ['pending', t('pending')], ['delivered', t('delivered')], ['failed', t('failed')]],
    change: (event) => context.go(context.address({ state: event.target.value, cursor: null })),
  });
  filter.querySelector('select').id = 'delivery-state';
  filter.querySelector('label').htmlFor = 'delivery-state';
  const query = { limit, state: chosen, cursor: context.query.cursor };
  const node = section(context, {
    heading: t('Deliveries'), id: 'deliveries', tools: el('div', { class: 'tools row' }, filter, button(t('Reload'), () => node.reload({ quiet: true }))),
    load: () => get(`${path}/deliveries`, query, context.signal),
    render: ({ data, cursor }) => [list(context, path, data, node), pager(context, { next: cursor, count: data.length })],
  });
  return node;
}

function list(context, path, rows, node) {
  return table({
    name: t('Deliveries'), rows, empty: t('No deliveries yet.'),
    columns: [
      { label: t('Event'), cell: (one) => code(one.type) }, { label: t('State'), cell: (one) => badge(t(one.state), kinds[one.state]) },
      { label: t('Answer'), kind: 'wide', cell: (one) => [one.status ? status(one.status) : null, one.error ? [' ', own(one.error)] : null] },
      { label: t('Attempts'), kind: 'number', cell: (one) => number(one.attempts) }, { label: t('Happened'), cell: (one) => time(one.created) },
      { label: t('Next attempt'), cell: (one) => (one.state === 'pending' && one.next_attempt ? time(one.next_attempt) : '') },
      {
        label: '', kind: 'acts', cell: (one) => [
          button(t('Details'), (event) => details(context, path, one, event.currentTarget), { 'aria-expanded': 'false' }),
          button(t('Retry'), (event) => retry(path, one, event.currentTarget, node)),
        ],
      },
    ],
  });
}

async function retry(path, one, press, node) {
  press.disabled = true;
  try {
    await call('POST', path + at`/deliveries/${one.id}/retry`);
    announce(t('The delivery is tried again.'));
    setTimeout(() => node.reload({ quiet: true }), 600);
  } catch (error) {
    announce(error.message);
  }
  press.disabled = false;
}

const headers = (fields) => Object.entries(fields ?? {}).map(([name, value]) => `${name}: ${value}`).join('\n');

function readable(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

function half(name, message) {
  if (!message) return null;
  const block = (text, label) => (text ? [el('h4', {}, label), el('pre', { tabindex: 0, role: 'group', 'aria-label': `${name}: ${label}` }, own(text))] : null);
  return el('div', {}, el('h3', {}, name), message.url ? el('p', {}, own(`${message.method ?? 'POST'} ${message.url}`)) : null, message.status ? el('p', {}, status(message.status)) : null,
    block(headers(message.headers), t('Header fields')), block(readable(message.body ?? ''), t('Body')));
}

/** Opens or closes what was sent and answered, in a row below the delivery's own. */
async function details(context, path, one, press) {
  const row = press.closest('tr');
  if (press.getAttribute('aria-expanded') === 'true') {
    row.nextElementSibling.remove();
    press.setAttribute('aria-expanded', 'false');
    return;
  }
  press.setAttribute('aria-expanded', 'true');
  const id = freshID('delivery');
  press.setAttribute('aria-controls', id);
  const cell = el('td', { role: 'cell', colspan: row.cells.length, class: 'detail' }, el('p', { class: 'loading' }, t('Loading …')));
  row.after(el('tr', { role: 'row', id }, cell));
  const load = async () => {
    try {
      const { data } = await get(path + at`/deliveries/${one.id}`, null, context.signal);
      put(cell, facts([[t('Error'), data.error ? own(data.error) : null], [t('Last attempt'), data.attempted ? time(data.attempted) : null], [t('Duration'), data.duration_ms === undefined ? null : t('{count} ms', { count: data.duration_ms })], [t('Event'), code(data.event)]]),
        el('div', { class: 'columns' }, half(t('Request'), data.request), half(t('Answer'), data.response)), asCurl(() => [{ path: path + at`/deliveries/${one.id}` }, { method: 'POST', path: path + at`/deliveries/${one.id}/retry` }]));
    } catch (error) {
      if (!context.signal.aborted) put(cell, problem(error, load));
    }
  };
  await load();
}
