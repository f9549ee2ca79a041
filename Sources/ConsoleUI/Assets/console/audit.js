// The audit log: who did what to whom, from where, and why.

import { get } from './api.js';
import { el, own } from './dom.js';
import { t } from './i18n.js';
import { asCurl, badge, code, field, pager, section, table, time } from './parts.js';

const limit = 50;

function local(milliseconds) {
  const moment = new Date(Number(milliseconds));
  if (!milliseconds || Number.isNaN(moment.getTime())) return '';
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

const universal = (text) => (text ? String(new Date(text).getTime()) : '');

export async function show(context) {
  const path = `${context.api}/audit`;
  const { caller, route, target, after, before, cursor } = context.query;
  const query = { caller, route, target, after, before, limit, cursor };
  const list = section(context, {
    id: 'list', load: () => get(path, query, context.signal), missing: t('This server has no audit log.'),
    render: ({ data, cursor: next }) => [
      table({
        name: t('Audit'), rows: data, empty: t('No row is found by this.'),
        columns: [
          { label: t('Time'), cell: (row) => time(row.time) }, { label: t('Caller'), cell: (row) => [own(row.name || row.caller), el('div', { class: 'faint' }, own(row.caller))] },
          { label: t('Action'), cell: (row) => code(row.route) }, { label: t('Target'), kind: 'wide', cell: (row) => own(row.target ?? '') },
          { label: t('Outcome'), cell: (row) => outcome(row.outcome) }, { label: t('Reason'), cell: (row) => own(row.reason ?? '') },
          { label: t('Address'), cell: (row) => code(row.address ?? '') }, { label: t('Request'), cell: (row) => code(row.request ?? '') },
        ],
      }),
      pager(context, { next, count: data.length }),
    ],
  });
  context.fill(context.heading(t('Audit')), search(context), list, asCurl(() => ({ path, query })));
}

const outcome = (value) => badge(t(value), value === 'ok' ? 'good' : 'bad');

function search(context) {
  const { caller = '', route = '', target = '', after = '', before = '' } = context.query;
  return el('form', {
    role: 'search', class: 'search many', submit: (event) => {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(event.target));
      context.go(context.address({ ...values, after: universal(values.after), before: universal(values.before), cursor: null }));
    },
  }, field({ label: t('Caller'), name: 'caller', value: caller, placeholder: 'client:ID, admin:NAME, operator:UID' }), field({ label: t('Action'), name: 'route', value: route, placeholder: 'recallMessage' }),
  field({ label: t('Target'), name: 'target', value: target }), field({ label: t('After'), name: 'after', type: 'datetime-local', value: local(after) }),
  field({ label: t('Before'), name: 'before', type: 'datetime-local', value: local(before) }), el('button', { type: 'submit' }, t('Search')));
}
