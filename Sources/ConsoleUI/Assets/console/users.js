// The users of an application: search, registration, import and export.

import { call, get } from './api.js';
import { ask } from './ask.js';
import { own } from './dom.js';
import { t } from './i18n.js';
import { importFile } from './jobs.js';
import { asCurl, badge, button, link, pager, searchForm, section, table, time } from './parts.js';
import { isAdministrator, may } from './session.js';

const rows = 50;

/** A text between the quotes of the search language. */
const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** What was typed as a question: a query is taken as it is, words are looked for in names and nicknames. */
export function query(text) {
  const words = text.trim();
  if (words === '' || /^select\s/i.test(words)) return words;
  const word = quoted(`${words.replace(/\*+$/, '')}*`);
  return `select * where username = ${word} or nickname contains ${word}`;
}

export async function show(context) {
  const asked = context.query.ql ?? '';
  const writes = may('users:write');
  const load = () => page(context, asked);
  const list = section(context, { load, render: (found) => render(context, found, asked), id: 'list' });
  const tools = [
    writes ? button(t('Create user'), () => create(context, list), { kind: 'first' }) : null,
    writes ? button(t('Import'), () => importFile(context, list)) : null,
    may('users:read') && isAdministrator() ? button(t('Export'), () => exportAll(context)) : null,
  ];
  context.fill(context.heading(t('Users'), tools),
    searchForm(context, { label: t('Search users'), name: 'ql', hint: t('A name or nickname, its beginning, or a query such as: select * where activated = false order by created desc') }),
    list, asCurl(() => ({ path: `${context.api}/users`, query: { ql: query(asked), limit: rows, cursor: context.query.cursor } })));
}

async function page(context, asked) {
  const reply = await get(`${context.api}/users`, { ql: query(asked), limit: rows, cursor: context.query.cursor }, context.signal);
  return { users: reply.entities, next: reply.cursor, online: await onlineOf(context, reply.entities.map((user) => user.username)) };
}

/** Who of them is online; unknown where it isn't answered. */
export async function onlineOf(context, names) {
  if (names.length === 0) return new Map();
  try {
    const parts = [];
    for (let start = 0; start < names.length; start += 100) {
      parts.push(call('POST', `${context.api}/users/batch/status`, { json: { usernames: names.slice(start, start + 100) }, signal: context.signal }));
    }
    return new Map((await Promise.all(parts)).flatMap((reply) => reply.data.flatMap((one) => Object.entries(one)))
      .map(([name, state]) => [name.toLowerCase(), state === 'online']));
  } catch (error) {
    if (context.signal.aborted) throw error;
    return new Map();
  }
}

export const presence = (online, name) => {
  const state = online.get(name.toLowerCase());
  return state === undefined ? '' : badge(state ? t('online') : t('offline'), state ? 'good' : '');
};

export const address = (context, name) => `${context.base}/users/${encodeURIComponent(name)}`;

function render(context, { users, next, online }, asked) {
  return [
    table({
      name: t('Users'), rows: users, empty: asked ? t('No user is found by this.') : t('There are no users yet.'),
      columns: [
        { label: t('User name'), cell: (user) => link(address(context, user.username), own(user.username)) },
        { label: t('Nickname'), kind: 'wide', cell: (user) => own(user.nickname ?? '') },
        { label: t('Presence'), cell: (user) => presence(online, user.username) },
        { label: t('Account'), cell: (user) => (user.activated ? badge(t('active')) : badge(t('deactivated'), 'bad')) },
        { label: t('Registered'), cell: (user) => time(user.created) },
      ],
    }),
    pager(context, { next, count: users.length }),
  ];
}

function create(context, list) {
  ask({
    title: t('Create a user'), action: t('Create user'),
    fields: [
      { label: t('User name'), name: 'username', required: true, maxlength: 64, autocapitalize: 'off', hint: t('Letters, digits and _ - . ; 64 at most.') },
      { label: t('Password'), name: 'password', type: 'password', required: true, maxlength: 64, autocomplete: 'new-password' },
      { label: t('Nickname'), name: 'nickname', maxlength: 100 },
    ],
    request: ({ username, password, nickname }) => ({ method: 'POST', path: `${context.api}/users`, json: { username, password, ...(nickname ? { nickname } : {}) } }),
    done: (reply, { username }) => {
      list.reload({ quiet: true });
      return t('{name} is registered.', { name: username });
    },
  });
}

async function exportAll(context) {
  const { exportOf } = await import('./jobs.js');
  exportOf(context, { title: t('Export the application'), path: `${context.api}/exports`, name: 'export.ndjson' });
}
