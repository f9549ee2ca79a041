// The server, for its operators: version, flags in force, maintenance, backup, keys, disk and queues.

import { at, call, get } from './api.js';
import { ask } from './ask.js';
import { el, own, put } from './dom.js';
import { bytes, number, t } from './i18n.js';
import { announce, asCurl, badge, button, code, facts, nothing, section, table, time } from './parts.js';

export async function show(context) {
  const server = section(context, {
    heading: t('State'), load: () => get('/admin/server', null, context.signal), missing: t('This server doesn’t say more here.'), render: ({ data }) => state(data),
  });
  const flags = section(context, {
    heading: t('Flags in force'), missing: 'hide', load: () => get('/admin/server', null, context.signal),
    render: ({ data }) => table({
      name: t('Flags in force'), rows: data.flags ?? [],
      columns: [{ label: t('Name'), cell: (flag) => code(flag.name) }, { label: t('Value'), kind: 'wide', cell: (flag) => own(readable(flag.value)) }, { label: t('Source'), cell: (flag) => own(flag.source ?? '') }],
    }),
  });
  context.fill(context.heading(t('Server'), button(t('Back up now'), () => backUp(), { kind: 'first' })),
    el('div', { class: 'columns' }, server, el('div', {}, maintenance(context), keys(context))), flags, asCurl(() => ({ path: '/admin/server' })));
}

const readable = (value) => (value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));

/** A number in the unit that its name ends with. */
function figure(name, value) {
  if (typeof value !== 'number') return own(readable(value));
  return /bytes/.test(name) ? bytes(value) : /(_at|started|created|oldest)$/.test(name) && value > 1e11 ? time(value) : number(value);
}

function group(name, value) {
  if (value === null || typeof value !== 'object') return [[t(name), figure(name, value)]];
  return Object.entries(value).map(([key, part]) => [`${t(name)}: ${t(key.replaceAll('_', ' '))}`, figure(key, part)]);
}

function state({ version, started, maintenance: _, flags: __, ...more }) {
  return facts([[t('Version'), code(version)], [t('Started'), time(started)], ...Object.entries(more).flatMap(([name, value]) => group(name, value))]);
}

function maintenance(context) {
  return section(context, {
    heading: t('Maintenance mode'), load: () => get('/admin/server/maintenance', null, context.signal),
    render: (reply) => {
      const isOn = (reply.data ?? reply).maintenance === true;
      const error = el('div', { role: 'alert' });
      const input = el('input', {
        type: 'checkbox', role: 'switch', class: 'switch', id: 'maintenance', checked: isOn, 'aria-describedby': 'maintenance-hint',
        change: async () => {
          input.disabled = true;
          put(error);
          try {
            await call('PUT', '/admin/server/maintenance', { json: { maintenance: input.checked } });
            announce(input.checked ? t('The server is under maintenance.') : t('The server is in service.'));
          } catch (problem) {
            input.checked = !input.checked;
            put(error, el('p', { class: 'problem' }, own(problem.message)));
          }
          input.disabled = false;
          input.focus();
        },
      });
      return [
        el('div', { class: 'switching' }, input, el('label', { for: 'maintenance' }, t('Maintenance'))),
        el('p', { class: 'hint', id: 'maintenance-hint' }, t('Calls of applications are answered with 503 until it ends, also after a restart. Operators may go on.')), error,
        asCurl(() => ({ method: 'PUT', path: '/admin/server/maintenance', json: { maintenance: !input.checked } })),
      ];
    },
  });
}

function keys(context) {
  const node = section(context, {
    heading: t('Signing keys'), tools: button(t('New key'), () => ask({
      title: t('Sign with a new key'), action: t('New key'), text: t('New tokens are signed with it; those that older keys signed stay good.'),
      request: () => ({ method: 'POST', path: '/admin/keys/rotate' }), done: () => node.reload({ quiet: true }),
    })),
    load: () => get('/admin/keys', null, context.signal),
    render: (reply) => {
      const list = reply.data?.keys ?? reply.data ?? reply.keys ?? [];
      if (!Array.isArray(list)) return nothing(t('There is nothing here yet.'));
      return table({
        name: t('Signing keys'), rows: list,
        columns: [
          { label: t('Id'), cell: (key) => code(key.id) }, { label: t('Created'), cell: (key) => time(key.created) },
          { label: t('State'), cell: (key) => (key.signs ? badge(t('signs'), 'good') : badge(t('verifies'))) },
          {
            label: '', kind: 'acts', cell: (key) => (key.signs ? '' : button(t('Retire'), () => ask({
              title: t('Retire the key {name}', { name: String(key.id) }), action: t('Retire'), kind: 'danger', text: t('The tokens that it signed end at once.'),
              request: () => ({ method: 'DELETE', path: at`/admin/keys/${key.id}` }), done: () => node.reload({ quiet: true }),
            }), { kind: 'danger' })),
          },
        ],
      });
    },
  });
  return node;
}

/** A consistent copy of the database into a new file of the server's machine. */
function backUp() {
  const stamp = new Date().toISOString().slice(0, 19).replace(/[^\d]/g, '-');
  ask({
    title: t('Back up now'), action: t('Back up now'), text: t('A consistent copy of the database is written on the server’s machine, while it goes on serving.'),
    fields: [{ label: t('File'), name: 'path', required: true, value: `/var/backups/parley-${stamp}.db`, hint: t('An absolute path; the file must not exist yet.') }],
    request: ({ path }) => ({ method: 'POST', path: '/admin/backup', json: { path } }),
    done: (reply, { path }) => t('The backup is at {path}.', { path }),
  });
}
