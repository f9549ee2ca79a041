// The groups of an application, or its rooms.

import { get } from './api.js';
import { ask } from './ask.js';
import { own } from './dom.js';
import { t } from './i18n.js';
import { asCurl, button, code, count, link, pager, searchForm, section, table, time } from './parts.js';
import { may } from './session.js';
import { address } from './users.js';

const limit = 50;

/** The words and paths of groups and of rooms. */
export function words(context) {
  return context.name === 'rooms'
    ? { isRoom: true, path: `${context.api}/chatrooms`, title: t('Rooms'), search: t('Search rooms'), create: t('Create room'), empty: t('There are no rooms yet.'), key: 'id' }
    : { isRoom: false, path: `${context.api}/chatgroups`, title: t('Groups'), search: t('Search groups'), create: t('Create group'), empty: t('There are no groups yet.'), key: 'groupid' };
}

/** An owner without the application's name before it. */
export function bareName(owner, org, app) {
  const prefix = `${org}#${app}_`;
  return owner?.startsWith(prefix) ? owner.slice(prefix.length) : owner ?? '';
}

export async function show(context) {
  const kind = words(context);
  const { name, cursor } = context.query;
  const list = section(context, {
    id: 'list', load: () => get(kind.path, { name, limit, cursor }, context.signal),
    render: ({ data, cursor: next }) => [
      table({
        name: kind.title, rows: data, empty: name ? t('Nothing is found by this.') : kind.empty,
        columns: [
          { label: t('Name'), kind: 'wide', cell: (one) => link(`${context.base}/${context.name}/${one[kind.key]}`, own(one.groupname ?? one.name ?? one[kind.key])) },
          { label: t('Id'), cell: (one) => code(one[kind.key]) },
          {
            label: t('Owner'), cell: (one) => {
              const owner = bareName(one.owner, context.org, context.app);
              return link(address(context, owner), own(owner));
            },
          },
          { label: t('Members'), kind: 'number', cell: (one) => count(one.affiliations ?? one.affiliations_count) },
          ...(kind.isRoom ? [] : [{ label: t('Changed'), cell: (one) => time(one.last_modified) }]),
        ],
      }),
      pager(context, { next, count: data.length }),
    ],
  });
  context.fill(context.heading(kind.title, may('groups:write') ? button(kind.create, () => create(context, kind, list), { kind: 'first' }) : null),
    searchForm(context, { label: kind.search, name: 'name' }), list, asCurl(() => ({ path: kind.path, query: { name, limit, cursor } })));
}

function create(context, kind, list) {
  ask({
    title: kind.create, action: kind.create,
    fields: [
      { label: t('Name'), name: 'name', required: true, maxlength: 128 }, { label: t('Description'), name: 'description', type: 'textarea', maxlength: 512 },
      { label: t('Owner'), name: 'owner', required: true, autocapitalize: 'off' },
      { label: t('Members'), name: 'members', hint: t('Names with commas between them; the owner is one anyway.'), autocapitalize: 'off' },
      { label: t('Most members'), name: 'maxusers', type: 'number', min: 1, value: '200' },
      ...(kind.isRoom ? [] : [{ label: t('Can be found and joined by everybody'), name: 'public', type: 'checkbox' }]),
    ],
    request: ({ name, description, owner, members, maxusers, public: isPublic }) => {
      const names = members.split(/[\s,]+/).filter(Boolean);
      const shared = { owner, maxusers: Number(maxusers), ...(names.length ? { members: names } : {}) };
      return {
        method: 'POST', path: kind.path,
        json: kind.isRoom ? { name, description, ...shared } : { groupname: name, desc: description, public: isPublic, ...shared },
      };
    },
    done: () => list.reload({ quiet: true }),
  });
}
