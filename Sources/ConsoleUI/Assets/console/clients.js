// The clients of an application: what each may do, until when, when it was last used; secrets are shown once.

import { at, get } from './api.js';
import { ask, reveal } from './ask.js';
import { el, own } from './dom.js';
import { t } from './i18n.js';
import { asCurl, badge, button, code, field, pager, section, table, time } from './parts.js';

/** Everything that can be granted. */
export const scopes = ['*', 'users:read', 'users:write', 'groups:read', 'groups:write', 'messages:read', 'messages:send', 'messages:write', 'files:read', 'files:write', 'webhooks', 'clients', 'audit', 'settings'];
const limit = 50;

export async function show(context) {
  const path = `${context.api}/clients`;
  const query = { limit, cursor: context.query.cursor };
  const list = section(context, {
    load: () => get(path, query, context.signal), missing: t('This server has no clients with scopes.'),
    render: ({ data, cursor }) => [
      table({
        name: t('Clients'), rows: data,
        columns: [
          { label: t('Name'), cell: (one) => own(one.name || '–') }, { label: t('Client ID'), cell: (one) => code(one.client_id) },
          { label: t('Scopes'), kind: 'wide', cell: (one) => one.scopes.map((scope) => [badge(scope, scope === '*' ? 'warn' : ''), ' ']) },
          { label: t('Expires'), cell: (one) => expiry(one.expires_at) }, { label: t('Last used'), cell: (one) => time(one.last_used) || t('never') },
          {
            label: '', kind: 'acts', cell: (one) => [
              button(t('Change'), () => change(path, one, list)), button(t('Rotate secret'), () => rotate(path, one, list)),
              button(t('Delete'), () => remove(path, one, list), { kind: 'danger' }),
            ],
          },
        ],
      }),
      pager(context, { next: cursor }),
    ],
  });
  context.fill(context.heading(t('Clients'), button(t('Create client'), () => create(path, list), { kind: 'first' })), list, asCurl(() => ({ path, query })));
}

function expiry(moment) {
  if (!moment) return t('never');
  return moment < Date.now() ? [time(moment), ' ', badge(t('expired'), 'bad')] : time(moment);
}

function fields(one) {
  return [
    { label: t('Name'), name: 'name', value: one?.name ?? '', required: true, maxlength: 64 },
    el('fieldset', { class: 'choices' }, el('legend', {}, t('Scopes')), scopes.map((scope) => field({ label: scope === '*' ? t('* (everything)') : scope, name: `scope ${scope}`, type: 'checkbox', checked: one ? one.scopes.includes(scope) : false }))),
    { label: t('Expires'), name: 'expires', type: 'datetime-local', value: one?.expires_at ? local(one.expires_at) : '', hint: t('Empty: never.') },
  ];
}

function local(milliseconds) {
  const date = new Date(milliseconds);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

function body(values, one) {
  const chosen = scopes.filter((scope) => values[`scope ${scope}`]);
  const expires = values.expires ? new Date(values.expires).getTime() : null;
  return { name: values.name, scopes: chosen, ...(expires !== null || one?.expires_at ? { expires_at: expires } : {}) };
}

const showSecret = (data) => setTimeout(() => reveal({
  title: t('The secret of the client'), text: t('It is shown this once.'), pairs: [[t('Client ID'), data.client_id], [t('Client secret'), data.client_secret]],
}));

function create(path, list) {
  ask({
    title: t('Create a client'), action: t('Create client'), fields: fields(null), text: t('A client may do what its scopes say and nothing else.'),
    request: (values) => ({ method: 'POST', path, json: body(values, null) }),
    done: ({ data }) => {
      list.reload({ quiet: true });
      showSecret(data);
    },
  });
}

const nameOf = (one) => one.name || one.client_id;

function change(path, one, list) {
  ask({
    title: t('Change {name}', { name: nameOf(one) }), action: t('Save'), fields: fields(one),
    request: (values) => ({ method: 'PUT', path: path + at`/${one.client_id}`, json: body(values, one) }), done: () => list.reload({ quiet: true }),
  });
}

function rotate(path, one, list) {
  ask({
    title: t('Rotate the secret of {name}', { name: nameOf(one) }), action: t('Rotate secret'), kind: 'danger', text: t('The client gets a new secret. The old one stays good for a while, so that it can be replaced without a break.'),
    fields: [{ label: t('The old secret stays good for, in seconds'), name: 'overlap', type: 'number', min: 0, value: '86400' }],
    request: ({ overlap }) => ({ method: 'POST', path: path + at`/${one.client_id}/secret`, json: { overlap_seconds: Number(overlap) } }),
    done: ({ data }) => {
      list.reload({ quiet: true });
      showSecret({ client_id: one.client_id, ...data });
    },
  });
}

function remove(path, one, list) {
  ask({
    title: t('Delete {name}', { name: nameOf(one) }), action: t('Delete'), kind: 'danger', reason: true, typed: nameOf(one).trim(), text: t('Its tokens end at once.'),
    request: ({ reason }) => ({ method: 'DELETE', path: path + at`/${one.client_id}`, query: { reason } }), done: () => list.reload({ quiet: true }),
  });
}
