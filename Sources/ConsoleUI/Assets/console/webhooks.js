// The endpoints that are informed of events: the list, and making one.

import { get } from './api.js';
import { ask, reveal } from './ask.js';
import { own } from './dom.js';
import { t } from './i18n.js';
import { asCurl, badge, button, code, link, pager, section, table, time } from './parts.js';
import { may } from './session.js';

const limit = 50;
const forms = [['standard', 'Standard Webhooks'], ['easemob', 'Easemob'], ['openim', 'OpenIM']];

export const state = (hook) => (hook.active ? (hook.failing_since ? badge(t('failing'), 'warn') : badge(t('active'), 'good')) : badge(t('inactive'), 'bad'));

export async function show(context) {
  const path = `${context.api}/webhooks`;
  const query = { limit, cursor: context.query.cursor };
  const list = section(context, {
    load: () => get(path, query, context.signal),
    render: ({ data, cursor }) => [
      table({
        name: t('Webhooks'), rows: data, empty: t('No endpoint yet. An endpoint is informed of events, or asked before a message is delivered.'),
        columns: [
          { label: t('Name'), cell: (hook) => link(`${context.base}/webhooks/${encodeURIComponent(hook.id)}`, own(hook.name || hook.id)) },
          { label: t('Address'), kind: 'wide', cell: (hook) => own(hook.url) },
          { label: t('Events'), cell: (hook) => hook.events.map((event) => [code(event), ' ']) },
          { label: t('State'), cell: (hook) => state(hook) },
          { label: t('Created'), cell: (hook) => time(hook.created) },
        ],
      }),
      pager(context, { next: cursor }),
    ],
  });
  context.fill(context.heading(t('Webhooks'), may('webhooks') ? button(t('Create endpoint'), () => create(path, list), { kind: 'first' }) : null),
    list, asCurl(() => ({ path, query })));
}

/** The fields of an endpoint, and what they say as the API's body. */
export function fields(hook) {
  return [
    { label: t('Name'), name: 'name', value: hook?.name ?? '', maxlength: 64 },
    { label: t('Address'), name: 'url', type: 'url', value: hook?.url ?? '', required: true, placeholder: 'https://example.com/hook', hint: t('http or https; port 80, 443 or one from 1024 up.') },
    { label: t('Events'), name: 'events', value: hook?.events.join(' ') ?? '*', required: true, hint: t('Names such as message.sent, families such as group.*, or * for all; with spaces between them.') },
    { label: t('Form'), name: 'format', type: 'select', value: hook?.format ?? 'standard', options: forms },
    { label: t('Time for an answer in milliseconds'), name: 'timeout_ms', type: 'number', value: String(hook?.timeout_ms ?? (hook?.before ? 200 : 15000)), min: 50, max: 30000 },
    {
      label: t('Asked before a message is delivered'), name: 'before', type: 'select', value: hook?.before ?? 'none',
      options: [['none', t('no, informed afterwards')], ['clients', t('for messages of clients')], ['all', t('for all messages')]],
    },
    { label: t('Without an answer'), name: 'on_failure', type: 'select', value: hook?.on_failure ?? 'allow', options: [['allow', t('deliver the message')], ['deny', t('refuse the message')]] },
  ];
}

export function body({ name, url, events, format, timeout_ms, before, on_failure }, hook) {
  const words = events.split(/[\s,]+/).filter(Boolean);
  return {
    name, url, events: words, format, timeout_ms: Number(timeout_ms), ...(before !== 'none' ? { before, on_failure } : hook?.before ? { before } : {}),
  };
}

export function showSecret(data) {
  return reveal({
    title: t('The secret of the endpoint'), text: t('It is shown this once. The receiver checks signatures with it.'), pairs: [[t('Secret'), data.secret]],
  });
}

function create(path, list) {
  ask({
    title: t('Create an endpoint'), action: t('Create endpoint'), fields: fields(null),
    request: (values) => ({ method: 'POST', path, json: body(values, null) }),
    done: ({ data }) => {
      list.reload({ quiet: true });
      setTimeout(() => showSecret(data));
    },
  });
}
