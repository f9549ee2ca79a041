// One group or room: what it is, who is in it and may what, who is muted, what is announced and shared.

import { at, get, send } from './api.js';
import { ask } from './ask.js';
import { el, own } from './dom.js';
import { bytes, span, t } from './i18n.js';
import { bareName, words } from './groups.js';
import { store } from './jobs.js';
import { announce, asCurl, badge, button, code, count, facts, field, link, nothing, pager, section, table, time } from './parts.js';
import { may } from './session.js';
import { talk } from './talk.js';
import { durations } from './user.js';
import { address, onlineOf, presence } from './users.js';

const size = 50;

export async function show(context) {
  const kind = words(context);
  const path = `${kind.path}/${encodeURIComponent(context.id)}`;
  const { data: [found] } = await get(path, null, context.signal);
  const writes = may('groups:write');
  const members = section(context, { heading: t('Members'), tools: writes ? button(t('Add members'), () => add(path, members)) : null, load: () => loadMembers(context, path), render: (page) => renderMembers(context, kind, path, page, members, writes) });
  context.fill(
    context.heading(own(found.name || context.id), writes ? actions(context, kind, path, found, members) : null),
    el('div', { class: 'columns' }, profile(context, found), el('div', {}, announcement(context, path, writes), kind.isRoom ? null : files(context, path, writes))),
    members, may('messages:read') ? talk(context, context.id) : null, asCurl(() => ({ path })));
}

function profile(context, found) {
  const owner = bareName(found.owner, context.org, context.app);
  return el('section', { class: 'panel' }, el('div', { class: 'head' }, el('h2', {}, t('Profile'))), el('div', { class: 'body' }, facts([
    [t('Id'), code(found.id)], [t('Name'), own(found.name)], [t('Description'), found.description ? own(found.description) : null], [t('Owner'), link(address(context, owner), own(owner))],
    [t('Members'), `${count(found.affiliations_count)} / ${count(found.maxusers)}`], [t('Created'), time(found.created)],
    [t('Visible'), found.public ? badge(t('public')) : badge(t('private'))],
    [t('Joining'), found.membersonly ? t('with approval') : t('free')],
    [t('State'), [found.disabled ? badge(t('disabled'), 'bad') : null, found.mute ? badge(t('everybody is muted'), 'warn') : null, found.disabled || found.mute ? null : badge(t('in service'), 'good')]],
    [t('Custom'), found.custom ? own(found.custom) : null],
  ])));
}

function actions(context, kind, path, found, members) {
  return [
    button(t('Change'), () => change(context, kind, path, found)),
    button(found.mute ? t('Unmute everybody') : t('Mute everybody'), () => ask({
      title: found.mute ? t('Unmute everybody') : t('Mute everybody'), action: found.mute ? t('Unmute everybody') : t('Mute'), kind: 'danger', reason: true,
      text: found.mute ? t('Members may write again.') : t('Nobody but owner, administrators and those on the allow list can write until it is lifted.'),
      request: ({ reason }) => ({ method: found.mute ? 'DELETE' : 'POST', path: `${path}/ban`, query: { reason } }), done: () => context.reload(),
    })),
    button(t('Change owner'), () => ask({
      title: t('Change the owner'), action: t('Change owner'), kind: 'danger', text: t('The new owner has to be a member; the old one stays as a member.'),
      fields: [{ label: t('New owner'), name: 'newowner', required: true, autocapitalize: 'off' }],
      request: ({ newowner }) => ({ method: 'PUT', path, json: { newowner } }), done: () => context.reload(),
    }), { hidden: kind.isRoom }),
    button(t('Dismiss'), () => ask({
      title: t('Dismiss {name}', { name: found.name }), action: t('Dismiss'), kind: 'danger', reason: true, typed: found.name.trim() || context.id,
      text: t('Its members, files and settings are removed for ever.'),
      request: ({ reason }) => ({ method: 'DELETE', path, query: { reason } }),
      done: () => {
        context.go(`${context.base}/${context.name}`);
        return t('{name} is dismissed.', { name: found.name });
      },
    }), { kind: 'danger' }),
  ];
}

function change(context, kind, path, found) {
  ask({
    title: t('Change {name}', { name: found.name }), action: t('Save'),
    fields: [
      { label: t('Name'), name: 'name', value: found.name, required: true, maxlength: 128 },
      { label: t('Description'), name: 'description', type: 'textarea', value: found.description, maxlength: 512 },
      { label: t('Most members'), name: 'maxusers', type: 'number', min: 1, value: String(found.maxusers) },
      ...(kind.isRoom ? [] : [
        { label: t('Joining needs approval'), name: 'membersonly', type: 'checkbox', checked: found.membersonly },
        { label: t('Members may invite'), name: 'allowinvites', type: 'checkbox', checked: found.allowinvites },
      ]),
    ],
    request: ({ name, description, maxusers, ...more }) => ({
      method: 'PUT', path, json: { [kind.isRoom ? 'name' : 'groupname']: name, description, maxusers: Number(maxusers), ...more },
    }),
    done: () => context.reload(),
  });
}

async function loadMembers(context, path) {
  const page = Math.max(1, Number(context.query.pagenum) || 1);
  const [people, administrators, mutes] = await Promise.all([
    get(`${path}/users`, { pagenum: page, pagesize: size }, context.signal), get(`${path}/admin`, null, context.signal), get(`${path}/mute`, null, context.signal),
  ]);
  const names = people.data.map((one) => ({ name: one.owner ?? one.member, isOwner: one.owner !== undefined }));
  return {
    page, names, administrators: new Set(administrators.data.map((name) => name.toLowerCase())),
    mutes: new Map(mutes.data.map((one) => [one.user.toLowerCase(), one.expire])), online: await onlineOf(context, names.map((one) => one.name)),
  };
}

/** The time left of a mute that ends at a moment; those of a century are for ever. */
const left = (expire) => (expire > 4e12 ? t('for ever') : t('{time} left', { time: span((expire - Date.now()) / 1000) }));

function renderMembers(context, kind, path, { page, names, administrators, mutes, online }, members, writes) {
  const again = () => members.reload({ quiet: true });
  return [
    table({
      name: t('Members'), rows: names, empty: t('No members on this page.'),
      columns: [
        { label: t('User name'), cell: ({ name }) => link(address(context, name), own(name)) },
        { label: t('Role'), cell: ({ name, isOwner }) => (isOwner ? badge(t('owner'), 'good') : administrators.has(name.toLowerCase()) ? badge(t('administrator')) : t('member')) },
        { label: t('Presence'), cell: ({ name }) => presence(online, name) },
        { label: t('Mute'), cell: ({ name }) => (mutes.has(name.toLowerCase()) ? badge(left(mutes.get(name.toLowerCase())), 'warn') : '') },
        ...(writes ? [{ label: '', kind: 'acts', cell: (one) => memberActions(path, one, administrators.has(one.name.toLowerCase()), mutes.has(one.name.toLowerCase()), again) }] : []),
      ],
    }),
    pager(context, { next: names.length === size ? page + 1 : null, parameter: 'pagenum' }),
  ];
}

function memberActions(path, { name, isOwner }, isAdministrator, isMuted, again) {
  if (isOwner) return '';
  return [
    isMuted ? button(t('Unmute'), () => ask({
      title: t('Unmute {name}', { name }), action: t('Unmute'), request: () => ({ method: 'DELETE', path: path + at`/mute/${name}` }), done: again,
    })) : button(t('Mute'), () => ask({
      title: t('Mute {name}', { name }), action: t('Mute'), kind: 'danger', reason: true, text: t('It can’t write here for a while. Open sessions stay open and go on receiving.'),
      fields: [{ label: t('For how long'), name: 'seconds', type: 'select', value: '3600', options: durations() }],
      request: ({ seconds, reason }) => ({
        method: 'POST', path: `${path}/mute`, json: { usernames: [name], mute_duration: Number(seconds) < 0 ? -1 : Number(seconds) * 1000, ...(reason ? { reason } : {}) },
      }),
      done: again,
    })),
    isAdministrator ? button(t('Demote'), () => ask({
      title: t('Take the role of administrator from {name}', { name }), action: t('Demote'), request: () => ({ method: 'DELETE', path: path + at`/admin/${name}` }), done: again,
    })) : button(t('Promote'), () => ask({
      title: t('Make {name} an administrator', { name }), action: t('Promote'), request: () => ({ method: 'POST', path: `${path}/admin`, json: { newadmin: name } }), done: again,
    })),
    button(t('Remove'), () => ask({
      title: t('Remove {name}', { name }), action: t('Remove'), kind: 'danger', request: () => ({ method: 'DELETE', path: path + at`/users/${name}` }), done: again,
    }), { kind: 'danger' }),
  ];
}

function add(path, members) {
  ask({
    title: t('Add members'), action: t('Add members'),
    fields: [{ label: t('User names'), name: 'usernames', required: true, hint: t('Several with commas between them; 60 at most.'), autocapitalize: 'off' }],
    request: ({ usernames }) => ({ method: 'POST', path: `${path}/users`, json: { usernames: usernames.split(/[\s,]+/).filter(Boolean) } }),
    done: () => members.reload({ quiet: true }),
  });
}

function announcement(context, path, writes) {
  return section(context, {
    heading: t('Announcement'), load: () => get(`${path}/announcement`, null, context.signal),
    render: ({ data }) => {
      const text = data?.announcement ?? '';
      if (!writes) return text ? el('p', { class: 'text', dir: 'auto' }, text) : nothing(t('Nothing is announced.'));
      const input = field({ label: t('Announcement'), name: 'announcement', type: 'textarea', value: text, maxlength: 512, dir: 'auto' });
      const request = () => ({ method: 'POST', path: `${path}/announcement`, json: { announcement: input.querySelector('textarea').value } });
      return el('form', { submit: (event) => save(event, request) }, input, el('div', { class: 'actions' }, asCurl(request), el('button', { type: 'submit' }, t('Save'))));
    },
  });
}

async function save(event, request) {
  event.preventDefault();
  const press = event.target.querySelector('[type=submit]');
  press.disabled = true;
  try {
    const { method, path, json } = request();
    await send(method, path, { json });
    announce(t('Saved.'));
  } catch (error) {
    announce(error.message);
  }
  press.disabled = false;
}

function files(context, path, writes) {
  const node = section(context, {
    heading: t('Shared files'), load: () => get(`${path}/share_files`, { pagenum: Number(context.query.files) || 1, pagesize: 20 }, context.signal),
    render: ({ data }) => [
      table({
        name: t('Shared files'), rows: data, empty: t('No files.'),
        columns: [
          { label: t('Name'), kind: 'wide', cell: (file) => own(file.file_name) }, { label: t('Size'), kind: 'number', cell: (file) => bytes(file.file_size) },
          { label: t('Owner'), cell: (file) => own(bareName(file.file_owner, context.org, context.app)) }, { label: t('Shared'), cell: (file) => time(file.created) },
          {
            label: '', kind: 'acts', cell: (file) => [
              button(t('Download'), async () => store(await (await send('GET', path + at`/share_files/${file.file_id}`, { signal: context.signal })).blob(), file.file_name)),
              writes ? button(t('Delete'), () => ask({
                title: t('Delete {name}', { name: file.file_name }), action: t('Delete'), kind: 'danger', reason: true, typed: file.file_name,
                request: ({ reason }) => ({ method: 'DELETE', path: path + at`/share_files/${file.file_id}`, query: { reason } }), done: () => node.reload({ quiet: true }),
              }), { kind: 'danger' }) : null,
            ],
          },
        ],
      }),
      pager(context, { next: data.length === 20 ? (Number(context.query.files) || 1) + 1 : null, parameter: 'files' }),
    ],
  });
  return node;
}
