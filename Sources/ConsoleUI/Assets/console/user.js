// One user: profile, devices, relations, groups, talk, and what a support desk does about it.

import { at, get } from './api.js';
import { ask } from './ask.js';
import { el, own } from './dom.js';
import { number, span, t } from './i18n.js';
import { asCurl, badge, button, code, count, facts, link, nothing, pager, section, table, time } from './parts.js';
import { may } from './session.js';
import { conversations } from './talk.js';
import { address, presence } from './users.js';

export async function show(context) {
  const name = context.id;
  const path = context.api + at`/users/${name}`;
  const profile = section(context, {
    heading: t('Profile'),
    load: () => facets(context, path, name), render: (found) => {
      for (const press of document.querySelectorAll('[data-active]')) press.hidden = (press.dataset.active === 'true') !== found.user.activated;
      return renderProfile(found);
    },
  });
  const mutes = section(context, {
    heading: t('Mutes in the whole application'),
    load: () => get(context.api + at`/mutes/${name}`, null, context.signal), render: ({ data }) => renderMutes(context, name, data, mutes),
  });
  const reload = () => {
    profile.reload({ quiet: true });
    mutes.reload({ quiet: true });
    devices.reload({ quiet: true });
  };
  const devices = section(context, {
    heading: t('Sessions and devices'), load: () => get(`${path}/resources`, null, context.signal), render: ({ data }) => renderDevices(data),
  });
  context.fill(context.heading(own(name), may('users:write') ? actions(context, name, path, reload) : null),
    el('div', { class: 'columns' }, profile, el('div', {}, mutes, devices)),
    may('messages:read') ? conversations(context, name) : null,
    el('div', { class: 'columns' }, contacts(context, path), el('div', {}, blocks(context, path), joined(context, path, 'groups'), joined(context, path, 'rooms'))),
    connections(context, path), asCurl(() => ({ path })));
}

const optional = (promise) => promise.catch((error) => {
  if (error.name === 'AbortError') throw error;
  return null;
});

async function facets(context, path, name) {
  const [user, state, metadata, waiting] = await Promise.all([
    get(path, null, context.signal), optional(get(`${path}/status`, null, context.signal)),
    optional(get(context.api + at`/metadata/user/${name}`, null, context.signal)), optional(get(`${path}/offline_msg_count`, null, context.signal)),
  ]);
  return { user: user.entities[0], online: new Map(Object.entries(state?.data ?? {}).map(([key, value]) => [key.toLowerCase(), value === 'online'])), metadata: metadata?.data ?? {}, waiting };
}

function renderProfile({ user, online, metadata, waiting }) {
  return facts([
    [t('User name'), own(user.username)], [t('Nickname'), user.nickname ? own(user.nickname) : null],
    [t('Presence'), presence(online, user.username)],
    [t('Account'), user.activated ? badge(t('active')) : badge(t('deactivated'), 'bad')],
    [t('Registered'), time(user.created)], [t('Changed'), time(user.modified)], ['UUID', code(user.uuid)],
    [t('Messages that wait'), waiting ? count(Object.values(waiting.data)[0]) : null],
    [t('Push'), user.notifier_name ? own(user.notifier_name) : null],
    // Addresses of pictures stand here as texts: nothing is fetched from elsewhere.
    ...Object.entries(metadata).map(([key, value]) => [own(key), own(value)]),
  ]);
}

const kinds = () => [['chat', t('Chats')], ['groupchat', t('Groups')], ['chatroom', t('Rooms')]];

function renderMutes(context, name, data, mutes) {
  const muted = kinds().filter(([key]) => data[key]);
  if (muted.length === 0) return nothing(t('Not muted.'));
  return [
    facts(muted.map(([key, text]) => [text, data[key] < 0 ? badge(t('for ever'), 'warn') : badge(t('{time} left', { time: span(data[key]) }), 'warn')])),
    may('users:write') ? button(t('Unmute'), () => ask({
      title: t('Unmute {name}', { name }), action: t('Unmute'), reason: true,
      request: ({ reason }) => ({ method: 'POST', path: `${context.api}/mutes`, json: { username: name, chat: 0, groupchat: 0, chatroom: 0, ...(reason ? { reason } : {}) } }),
      done: () => mutes.reload({ quiet: true }),
    })) : null,
  ];
}

function renderDevices(data) {
  return table({
    name: t('Sessions and devices'), rows: data, empty: t('No device is connected.'),
    columns: [{ label: t('Device'), cell: (one) => own(one.res) }, { label: t('Id'), cell: (one) => code(one.device_uuid) }],
  });
}

function actions(context, name, path, reload) {
  const say = (text) => () => {
    reload();
    return text;
  };
  return [
    button(t('Mute'), () => mute(context, name, reload)),
    button(t('End sessions'), () => ask({
      title: t('End the sessions of {name}', { name }), action: t('End sessions'), kind: 'danger',
      text: t('Its sockets are closed and its tokens end at once; it has to sign in again.'),
      request: () => ({ method: 'GET', path: `${path}/disconnect` }), done: say(t('Its sessions have ended.')),
    })),
    button(t('Set password'), () => ask({
      title: t('Set a new password for {name}', { name }), action: t('Set password'), kind: 'danger',
      text: t('Open sessions end at once; its tokens aren’t good any more.'),
      fields: [{ label: t('New password'), name: 'newpassword', type: 'password', required: true, maxlength: 64, autocomplete: 'new-password' }],
      request: ({ newpassword }) => ({ method: 'PUT', path: `${path}/password`, json: { newpassword } }), done: say(t('The password is changed.')),
    })),
    button(t('Deactivate'), () => ask({
      title: t('Deactivate {name}', { name }), action: t('Deactivate'), kind: 'danger', reason: true,
      text: t('Open sessions end at once and it can’t sign in until it is activated. Its data stays.'),
      request: ({ reason }) => ({ method: 'POST', path: `${path}/deactivate`, ...(reason ? { json: { reason } } : {}) }), done: say(t('The account is deactivated.')),
    }), { 'data-active': 'true' }),
    button(t('Activate'), () => ask({
      title: t('Activate {name}', { name }), action: t('Activate'), text: t('It may sign in again.'),
      request: () => ({ method: 'POST', path: `${path}/activate` }), done: say(t('The account is active.')),
    }), { 'data-active': 'false', hidden: true }),
    button(t('Rename'), () => ask({
      title: t('Change the nickname of {name}', { name }), action: t('Save'),
      fields: [{ label: t('Nickname'), name: 'nickname', maxlength: 100 }],
      request: ({ nickname }) => ({ method: 'PUT', path, json: { nickname } }), done: say(t('Saved.')),
    })),
    button(t('Export'), async () => (await import('./jobs.js')).exportOf(context, {
      title: t('Export all that is stored of {name}', { name }), path: `${path}/export`, name: `${name}.ndjson`,
    })),
    button(t('Erase'), () => erase(context, name, path), { kind: 'danger' }),
  ];
}

function mute(context, name, reload) {
  ask({
    title: t('Mute {name}', { name }), action: t('Mute'), kind: 'danger', reason: true,
    text: t('It can’t send for a while, anywhere in the application. Open sessions stay open and go on receiving.'),
    fields: [
      ...kinds().map(([key, text]) => ({ label: text, name: key, type: 'checkbox', checked: true })),
      { label: t('For how long'), name: 'seconds', type: 'select', value: '3600', options: durations() },
    ],
    request: ({ seconds, reason, ...given }) => ({
      method: 'POST', path: `${context.api}/mutes`,
      json: { username: name, ...Object.fromEntries(kinds().filter(([key]) => given[key]).map(([key]) => [key, Number(seconds)])), ...(reason ? { reason } : {}) },
    }),
    done: () => {
      reload();
      return t('{name} is muted.', { name });
    },
  });
}

/** Spans of a mute in seconds. */
export const durations = () => [['600', span(600)], ['3600', span(3600)], ['86400', span(86400)], ['604800', span(604800)], ['2592000', span(2592000)], ['-1', t('for ever')]];

function erase(context, name, path) {
  ask({
    title: t('Erase {name}', { name }), action: t('Erase'), kind: 'danger', reason: true, typed: name,
    text: t('The account, its relations, sessions and the groups that it owns are removed for ever. Backups made before keep what they have. The receipt can be read for 400 days.'),
    fields: [{
      label: t('Its messages'), name: 'messages', type: 'select', value: 'anonymise',
      options: [['keep', t('stay as they are')], ['anonymise', t('stay without its name')], ['delete', t('are deleted')]],
    }],
    request: ({ messages, reason }) => ({ method: 'POST', path: `${path}/erase`, json: { messages, ...(reason ? { reason } : {}) } }),
    done: (reply) => context.fill(context.heading(t('Receipt of the erasure')), receipt(context, name, reply.data), link(`${context.base}/users`, t('Back to the users'))),
  });
}

/** The receipt; where the work isn't finished yet, it is read again. */
function receipt(context, name, first) {
  let data = first;
  const node = section(context, {
    heading: own(name),
    load: async () => {
      if (data.erasure) data = (await get(context.api + at`/erasures/${data.erasure}`, null, context.signal).catch(() => ({ data }))).data ?? data;
      return data;
    },
    render: (found) => {
      if (!found.finished) setTimeout(() => !context.signal.aborted && node.reload({ quiet: true }), 1000);
      return facts([
        [t('Erasure'), code(found.erasure)],
        ...Object.entries({ ...found, ...found.counts }).filter(([, value]) => typeof value === 'number' && value < 1e12).map(([key, value]) => [t(key), number(value)]),
        [t('Finished'), typeof found.finished === 'number' ? time(found.finished) : found.finished ? t('yes') : t('not yet')],
        [t('Note'), typeof found.note === 'string' ? own(found.note) : null],
      ]);
    },
  });
  return node;
}

function contacts(context, path) {
  return section(context, {
    heading: t('Contacts'),
    load: () => get(`${path.replace('/users/', '/user/')}/contacts`, { limit: 50, cursor: context.query.contacts, needReturnRemark: true }, context.signal),
    render: ({ data, cursor }) => [
      table({
        name: t('Contacts'), rows: data.contacts, empty: t('No contacts.'),
        columns: [{ label: t('User name'), cell: (one) => link(address(context, one.username), own(one.username)) }, { label: t('Remark'), kind: 'wide', cell: (one) => own(one.remark ?? '') }],
      }),
      pager(context, { next: cursor, parameter: 'contacts' }),
    ],
  });
}

function blocks(context, path) {
  return section(context, {
    heading: t('Blocked by this user'), load: () => get(`${path}/blocks/users`, null, context.signal),
    render: ({ data }) => (data.length ? el('ul', { class: 'inline' }, data.map((one) => el('li', {}, link(address(context, one), own(one))))) : nothing(t('Nobody.'))),
  });
}

function joined(context, path, kind) {
  const isGroup = kind === 'groups';
  return section(context, {
    heading: isGroup ? t('Groups') : t('Rooms'), load: () => get(`${path}/${isGroup ? 'joined_chatgroups' : 'joined_chatrooms'}`, null, context.signal),
    render: ({ data }) => (data.length ? el('ul', { class: 'inline' }, data.map((one) => el('li', {},
      link(`${context.base}/${kind}/${one.groupid ?? one.id}`, own(one.groupname ?? one.name))))) : nothing(t('None.'))),
  });
}

function connections(context, path) {
  return section(context, {
    heading: t('Connections of the last 30 days'), missing: 'hide',
    load: () => get(`${path}/connections`, { limit: 50, cursor: context.query.connections }, context.signal),
    render: ({ data, cursor }) => [
      table({
        name: t('Connections'), rows: data, empty: t('It hasn’t been connected.'),
        columns: [
          { label: t('Opened'), cell: (one) => time(one.opened) }, { label: t('Closed'), cell: (one) => (one.closed ? time(one.closed) : badge(t('open'), 'good')) },
          { label: t('Why'), kind: 'wide', cell: (one) => (one.reason ? t(one.reason).replaceAll('_', ' ') : '') }, { label: t('Address'), cell: (one) => code(one.address ?? '') },
          { label: t('Platform'), cell: (one) => own(one.platform ?? '') },
        ],
      }),
      pager(context, { next: cursor, parameter: 'connections' }),
    ],
  });
}
