// The applications of the administrator's organisations, and the people who look after them.

import { ask } from './ask.js';
import { at, get } from './api.js';
import { el, own } from './dom.js';
import { t } from './i18n.js';
import { badge, button, code, link, section, table, time } from './parts.js';
import { signedIn } from './session.js';

const addressOf = (org, app, view) => `#/${encodeURIComponent(org)}/${encodeURIComponent(app)}/${view}`;

export async function show(context) {
  const session = signedIn();
  if (session.kind === 'client') {
    const [org, app] = session.application.split('/');
    context.fill(context.heading(t('Applications')), el('div', { class: 'panel' }, link(addressOf(org, app, 'overview'), own(session.application))));
    return;
  }
  const sections = session.organizations.flatMap((org) => {
    const list = applications(context, org);
    return [list, administrators(context, org)];
  });
  context.fill(context.heading(t('Applications')), sections);
}

function applications(context, org) {
  const list = section(context, {
    heading: own(org),
    tools: el('div', { class: 'tools' }, button(t('Create application'), () => create(org, list), { kind: 'first' })),
    load: () => get(at`/management/organizations/${org}/applications`, null, context.signal),
    render: ({ entities }) => table({
      name: t('Applications of {org}', { org }), rows: entities, empty: t('This organisation has no application yet.'),
      columns: [
        { label: t('Name'), cell: (app) => link(addressOf(org, app.applicationName, 'overview'), own(app.applicationName)) },
        { label: t('Product'), cell: (app) => [own(app.productName), app.appDesc ? el('div', { class: 'faint' }, own(app.appDesc)) : ''] },
        { label: t('Registration'), cell: (app) => (app.allow_open_registration ? badge(t('open to everybody'), 'warn') : badge(t('by the backend'))) },
        { label: t('Created'), cell: (app) => time(app.created) },
        { label: t('State'), cell: (app) => state(app) },
        {
          label: '', kind: 'acts', cell: (app) => [
            link(addressOf(org, app.applicationName, 'settings'), t('Settings')),
            button(isSuspended(app) ? t('Resume') : t('Suspend'), () => suspend(org, app, list)),
            button(t('Delete'), () => remove(org, app.applicationName, list), { kind: 'danger' }),
          ],
        },
      ],
    }),
  });
  return list;
}

const isSuspended = (app) => app.suspended === true || app.app_status === 'suspended';
const state = (app) => (isSuspended(app) ? badge(t('suspended'), 'bad') : badge(t('in service'), 'good'));

function create(org, list) {
  ask({
    title: t('Create an application in {org}', { org }), action: t('Create application'),
    fields: [
      { label: t('Name'), name: 'name', required: true, maxlength: 32, pattern: '[a-z0-9\\-]+', autocapitalize: 'off', hint: t('Lower-case letters, digits, hyphens; 32 at most. It stands in every address and stays.') },
      { label: t('Product name'), name: 'productName', maxlength: 128 },
      { label: t('Description'), name: 'appDesc', type: 'textarea', maxlength: 512 },
      { label: t('Anybody may register users'), name: 'allow_open_registration', type: 'checkbox' },
      { label: t('Messages to users that don’t exist are refused'), name: 'check_recipients', type: 'checkbox' },
    ],
    request: (values) => ({ method: 'POST', path: at`/management/organizations/${org}/applications`, json: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) }),
    done: () => list.reload(),
  });
}

function suspend(org, app, list) {
  const isNow = isSuspended(app);
  const action = isNow ? t('Resume') : t('Suspend');
  ask({
    title: `${action}: ${org}/${app.applicationName}`, action, kind: isNow ? 'first' : 'danger', reason: true,
    text: isNow ? t('Calls are answered again; everything is as it was.') : t('Every call is refused and open sessions are closed, until it is resumed. Nothing is deleted.'),
    request: ({ reason }) => ({ method: 'PUT', path: at`/${org}/${app.applicationName}/settings`, json: { suspended: !isNow, ...(reason ? { reason } : {}) } }),
    done: () => list.reload(),
  });
}

function remove(org, app, list) {
  const name = `${org}/${app}`;
  ask({
    title: t('Delete {name}', { name }), action: t('Delete'), kind: 'danger', reason: true, typed: name,
    text: t('All its users, groups, messages and files are deleted. This can’t be undone.'),
    request: ({ reason }) => ({ method: 'DELETE', path: at`/management/organizations/${org}/applications/${app}`, query: { reason } }),
    done: () => list.reload(),
  });
}

const roles = () => [['owner', t('owner')], ['administrator', t('administrator')], ['support', t('support')], ['auditor', t('auditor')]];

/** What each role may do. */
const explained = () => t('Owners may do everything; administrators all but change other administrators; support reads, mutes, recalls, ends sessions, deactivates and sends; auditors read.');

function administrators(context, org) {
  const path = at`/management/organizations/${org}/administrators`;
  const list = section(context, {
    heading: t('Administrators of {org}', { org }), missing: 'hide',
    tools: el('div', { class: 'tools' }, button(t('Add administrator'), () => add(path, org, list))),
    load: () => get(path, null, context.signal),
    render: ({ data, entities }) => table({
      name: t('Administrators of {org}', { org }), rows: data ?? entities ?? [],
      columns: [
        { label: t('User name'), cell: (person) => own(person.name) },
        { label: t('Role'), cell: (person) => badge(t(person.role)) },
        { label: t('Applications'), cell: (person) => (person.applications?.length ? person.applications.map((app) => [code(app), ' ']) : t('all')) },
        { label: t('Created'), cell: (person) => time(person.created) },
        {
          label: '', kind: 'acts', cell: (person) => [
            button(t('Change'), () => change(path, person, list)),
            button(t('Delete'), () => dismiss(path, person, list), { kind: 'danger' }),
          ],
        },
      ],
    }),
  });
  return list;
}

const named = (text) => text.split(/[\s,]+/).filter(Boolean);

function fields(person) {
  return [
    { label: t('Role'), name: 'role', type: 'select', options: roles(), value: person?.role ?? 'support', hint: explained() },
    { label: t('Applications'), name: 'applications', value: person?.applications?.join(', ') ?? '', hint: t('Names with commas between them; all where it is empty.') },
    { label: t('Password'), name: 'password', type: 'password', autocomplete: 'new-password', minlength: 8, required: !person, hint: person ? t('The old one stays where it is empty; a new one ends this person’s sessions.') : t('Eight characters or more.') },
  ];
}

function body({ name, role, applications, password }, person) {
  const apps = named(applications);
  return {
    ...(person ? {} : { name }), role, ...(apps.length || person ? { applications: apps } : {}), ...(password ? { password } : {}),
  };
}

function add(path, org, list) {
  ask({
    title: t('Add an administrator to {org}', { org }), action: t('Add administrator'),
    fields: [{ label: t('User name'), name: 'name', required: true, maxlength: 64, autocapitalize: 'off' }, ...fields(null)],
    request: (values) => ({ method: 'POST', path, json: body(values, null) }), done: () => list.reload(),
  });
}

function change(path, person, list) {
  ask({
    title: t('Change {name}', { name: person.name }), action: t('Save'), fields: fields(person),
    request: (values) => ({ method: 'PUT', path: path + at`/${person.name}`, json: body(values, person) }), done: () => list.reload(),
  });
}

function dismiss(path, person, list) {
  ask({
    title: t('Delete {name}', { name: person.name }), action: t('Delete'), kind: 'danger', reason: true, typed: person.name,
    text: t('The sessions of this person end at once.'),
    request: ({ reason }) => ({ method: 'DELETE', path: path + at`/${person.name}`, query: { reason } }), done: () => list.reload(),
  });
}
