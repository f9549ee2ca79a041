// Messages of the application: search by words, conversation, user and time; sending as the system.

import { get } from './api.js';
import { ask } from './ask.js';
import { el } from './dom.js';
import { t } from './i18n.js';
import { asCurl, button, field, nothing, pager, section } from './parts.js';
import { may } from './session.js';
import { article } from './talk.js';

const limit = 30;

/** A moment of the API as the browser's field for local times has it. */
function local(milliseconds) {
  const moment = new Date(Number(milliseconds));
  if (!milliseconds || Number.isNaN(moment.getTime())) return '';
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

const universal = (text) => (text ? String(new Date(text).getTime()) : '');

export async function show(context) {
  const { q, conversation, user, from, to, after, before, order, cursor } = context.query;
  const asked = { q, conversation, user, from, to, after, before, order, limit, cursor };
  const list = section(context, {
    id: 'list', load: () => get(`${context.api}/messages`, asked, context.signal),
    render: ({ data, cursor: next }) => [
      data.length === 0 ? nothing(t('No message is found by this.'))
        : el('div', { class: 'hits' }, data.map((one) => article(context, one, { withPlace: true, changed: () => list.reload({ quiet: true }) }))),
      pager(context, { next, count: data.length }),
    ],
  });
  context.fill(
    context.heading(t('Messages'), may('messages:send') ? button(t('Send message'), () => sendMessage(context, list), { kind: 'first' }) : null),
    search(context), list, asCurl(() => ({ path: `${context.api}/messages`, query: asked })));
}

function search(context) {
  const { q = '', conversation = '', user = '', after = '', before = '', order = 'desc' } = context.query;
  const words = field({ label: t('Search messages'), name: 'q', type: 'search', value: q });
  words.querySelector('input').id = 'search-q';
  words.querySelector('label').htmlFor = 'search-q';
  return el('form', {
    role: 'search', class: 'search many', submit: (event) => {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(event.target));
      context.go(context.address({
        ...values, after: universal(values.after), before: universal(values.before), order: values.order === 'desc' ? '' : values.order, cursor: null,
      }));
    },
  }, words, field({ label: t('Conversation'), name: 'conversation', value: conversation, placeholder: t('ann:bob, or the id of a group') }),
  field({ label: t('User'), name: 'user', value: user, autocapitalize: 'off' }),
  field({ label: t('After'), name: 'after', type: 'datetime-local', value: local(after) }),
  field({ label: t('Before'), name: 'before', type: 'datetime-local', value: local(before) }),
  field({ label: t('Order'), name: 'order', type: 'select', value: order, options: [['desc', t('newest first')], ['asc', t('oldest first')]] }),
  el('button', { type: 'submit' }, t('Search')));
}

function sendMessage(context, list) {
  ask({
    title: t('Send a message as the system'), action: t('Send message'),
    fields: [
      { label: t('To'), name: 'kind', type: 'select', options: [['users', t('users')], ['chatgroups', t('groups')], ['chatrooms', t('rooms')]] },
      { label: t('Names or ids'), name: 'to', required: true, hint: t('Several with commas between them.'), autocapitalize: 'off' },
      { label: t('From'), name: 'from', placeholder: 'admin', hint: t('Empty: the system, “admin”.'), autocapitalize: 'off' },
      { label: t('Text'), name: 'msg', type: 'textarea', required: true, maxlength: 4000 },
    ],
    request: ({ kind, to, from, msg }) => ({
      method: 'POST', path: `${context.api}/messages/${kind}`,
      json: { to: to.split(/[\s,]+/).filter(Boolean), type: 'txt', body: { msg }, ...(from ? { from } : {}) },
    }),
    done: () => {
      list.reload({ quiet: true });
      return t('The message is sent.');
    },
  });
}
