// Messages as people see them: who wrote to whom, texts, pictures, files, and what can be done about each.

import { at, get, send } from './api.js';
import { ask } from './ask.js';
import { el, own, put } from './dom.js';
import { bytes, number, t } from './i18n.js';
import { store } from './jobs.js';
import { badge, button, code, facts, link, nothing, pager, problem, section, table, time } from './parts.js';
import { may } from './session.js';

const pictures = /^image\/(png|jpeg|gif|webp|avif|bmp)\b/;
const neighbours = 10;

/** The id of a file of this server in an address, whatever host the address names; null where it names none. */
export function fileOf(url) {
  return /\/chatfiles\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[?#]|$)/i.exec(String(url ?? ''))?.[1] ?? null;
}

/** The conversation of a message, as the API names it. */
export const conversationOf = (message) => (message.chat_type === 'chat' ? `${message.from}:${message.to}` : message.to);

/** The link to a group, a room or a user, by the kind of conversation. */
function place(context, type, name) {
  const view = { groupchat: 'groups', chatroom: 'rooms' }[type] ?? 'users';
  return link(`${context.base}/${view}/${encodeURIComponent(name)}`, own(name));
}

async function fetchFile(context, id, body) {
  return send('GET', context.api + at`/chatfiles/${id}`, {
    headers: { Accept: 'application/octet-stream', ...(body.secret ? { 'share-secret': body.secret } : {}) }, signal: context.signal,
  });
}

/** A picture once it is looked at: fetched with the sign-in, shown from memory. */
function picture(context, id, body) {
  const name = body.filename ?? t('picture');
  const node = el('div', { class: 'picture', 'aria-busy': 'true' }, el('span', { class: 'faint' }, t('Loading …')));
  const load = async () => {
    try {
      const response = await fetchFile(context, id, body);
      const type = response.headers.get('content-type') ?? '';
      const blob = await response.blob();
      if (context.signal.aborted) return;
      const shown = await isPicture(blob);
      if (!shown && !pictures.test(type)) return void put(node, download(context, id, body));
      const url = URL.createObjectURL(new Blob([blob], { type: shown || type }));
      context.signal.addEventListener('abort', () => URL.revokeObjectURL(url), { once: true });
      put(node, el('img', { alt: name, src: url, width: body.size?.width || null, height: body.size?.height || null }));
    } catch (error) {
      if (!context.signal.aborted) put(node, el('span', { class: 'faint' }, own(name), ' – ', own(error.message)));
    }
    node.removeAttribute('aria-busy');
  };
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    load();
  });
  watch.observe(node);
  return node;
}

/** The type of a picture by its first bytes; uploads don't always say it. */
async function isPicture(blob) {
  const head = new Uint8Array(await blob.slice(0, 12).arrayBuffer());
  const starts = (...values) => values.every((value, index) => head[index] === value);
  if (starts(0x89, 0x50, 0x4e, 0x47)) return 'image/png';
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(0x47, 0x49, 0x46, 0x38)) return 'image/gif';
  if (starts(0x52, 0x49, 0x46, 0x46) && head[8] === 0x57 && head[9] === 0x45) return 'image/webp';
  return null;
}

function download(context, id, body) {
  const name = body.filename || id;
  const press = button(t('Download {name}', { name }), async () => {
    press.disabled = true;
    try {
      store(await (await fetchFile(context, id, body)).blob(), name);
    } catch (error) {
      if (!context.signal.aborted) press.after(el('p', { role: 'alert', class: 'problem' }, own(error.message)));
    }
    press.disabled = false;
  });
  return el('span', {}, press, body.file_length ? el('span', { class: 'faint' }, ' ', bytes(body.file_length)) : null);
}

function attachment(context, body) {
  const id = fileOf(body.url);
  if (!id) return el('span', {}, badge(t(body.type)), ' ', own(body.filename ?? ''), ' ', el('span', { class: 'address' }, own(body.url ?? '')));
  return body.type === 'img' ? picture(context, id, body) : download(context, id, body);
}

function content(context, body) {
  switch (body.type) {
    case 'txt': return el('p', { class: 'text', dir: 'auto' }, String(body.msg ?? ''));
    case 'img': case 'audio': case 'video': case 'file': return attachment(context, body);
    case 'loc': return el('span', {}, badge(t('place')), ' ', own(body.addr ?? ''), ' ', el('span', { class: 'faint' }, own(`${body.lat}, ${body.lng}`)));
    case 'cmd': return el('span', {}, badge(t('command')), ' ', code(body.action));
    case 'custom': return el('span', {}, badge(t('custom')), ' ', code(body.customEvent), ' ', el('span', { class: 'faint' }, own(JSON.stringify(body.customExts ?? {}))));
    default: return el('pre', { tabindex: 0 }, own(JSON.stringify(body, null, 2)));
  }
}

/** One message; `withPlace` says where it stands, for lists of hits. */
export function article(context, message, { withPlace = false, changed, marked = false } = {}) {
  const { payload, recalled } = message;
  const around = el('div', { class: 'around' });
  const extension = Object.keys(payload.ext ?? {}).length ? el('details', {}, el('summary', {}, t('Extension')), el('pre', { tabindex: 0 }, own(JSON.stringify(payload.ext, null, 2)))) : null;
  return el('article', { class: marked ? 'message marked' : 'message', 'aria-label': t('Message of {name}', { name: message.from }), 'aria-current': marked ? 'true' : null },
    el('header', {}, el('strong', {}, message.from === 'admin' ? own('admin') : place(context, 'chat', message.from)),
      withPlace ? ['→ ', place(context, message.chat_type, message.to)] : null, time(message.timestamp),
      el('span', { class: 'faint' }, code(message.msg_id)), recalled ? badge(t('recalled'), 'bad') : null, message.edits ? badge(t('edited')) : null),
    recalled && payload.bodies.length === 0 ? el('p', { class: 'faint' }, t('The text isn’t there any more.')) : payload.bodies.map((body) => content(context, body)),
    extension, el('footer', {},
      withPlace ? button(t('Context'), () => showContext(context, message, around)) : null,
      !recalled && may('messages:write') ? button(t('Recall'), () => recall(context, message, changed)) : null,
      button(t('Who got it'), (event) => showDelivery(context, message, around, event.currentTarget))), around);
}

async function showContext(context, message, around) {
  put(around, el('p', { class: 'loading' }, t('Loading …')));
  const shared = { conversation: conversationOf(message), limit: neighbours };
  try {
    const [before, after] = await Promise.all([
      get(`${context.api}/messages`, { ...shared, before: message.timestamp + 1, order: 'desc' }, context.signal),
      get(`${context.api}/messages`, { ...shared, after: message.timestamp, order: 'asc' }, context.signal),
    ]);
    const known = new Map([...before.data.reverse(), ...after.data].map((one) => [one.msg_id, one]));
    put(around, el('section', { class: 'context', 'aria-label': t('Messages before and after') },
      [...known.values()].map((one) => article(context, one, { marked: one.msg_id === message.msg_id, changed: () => showContext(context, message, around) })),
      link(`${context.base}/messages?${new URLSearchParams({ conversation: conversationOf(message) })}`, t('The whole conversation'))));
  } catch (error) {
    if (!context.signal.aborted) put(around, problem(error, () => showContext(context, message, around)));
  }
}

/** Who has received and read it; a server that doesn't say takes the button away. */
async function showDelivery(context, message, around, press) {
  put(around, el('p', { class: 'loading' }, t('Loading …')));
  try {
    const { data } = await get(context.api + at`/messages/${message.msg_id}/delivery`, { limit: 100 }, context.signal);
    const mark = (value, moment) => (moment ? time(moment) : value ? t('yes') : '–');
    put(around, facts([[t('Receivers'), number(data.receiver_count)], [t('Received'), number(data.delivered_count)], [t('Read'), number(data.read_count)]]), table({
      name: t('Who got it'), rows: data.receivers, empty: t('Nobody yet.'),
      columns: [
        { label: t('User name'), cell: (one) => place(context, 'chat', one.username) }, { label: t('Received'), cell: (one) => mark(one.delivered, one.delivered_at) },
        { label: t('Read'), cell: (one) => mark(one.read, one.read_at) }, { label: t('Refused'), cell: (one) => (one.refused ? badge(t('yes'), 'bad') : '–') },
      ],
    }));
  } catch (error) {
    if (context.signal.aborted) return;
    if (error.status === 404) {
      press.disabled = true;
      return put(around, nothing(t('This server doesn’t record who got a message.')));
    }
    put(around, problem(error, () => showDelivery(context, message, around, press)));
  }
}

function recall(context, message, changed) {
  ask({
    title: t('Recall a message of {name}', { name: message.from }), action: t('Recall'), kind: 'danger', reason: true,
    text: t('Its text disappears from every device and from the history. This can’t be undone.'),
    request: ({ reason }) => ({
      method: 'POST', path: `${context.api}/messages/msg_recall`,
      json: { msg_id: message.msg_id, to: message.to, chat_type: message.chat_type, from: message.from, force: true, ...(reason ? { reason } : {}) },
    }),
    done: (reply) => {
      const refused = reply.msgs?.[0]?.recalled ?? (reply.data?.recalled === 'yes' ? null : reply.data?.recalled);
      if (refused) throw new Error(refused);
      changed?.();
      return t('The message is recalled.');
    },
  });
}

/** One conversation, the newest at its end; the next page is the one before. */
export function talk(context, conversation, parameter = 'cursor') {
  const node = section(context, {
    heading: [t('Conversation'), ' ', own(conversation)],
    load: () => get(`${context.api}/messages`, { conversation, limit: 30, cursor: context.query[parameter] }, context.signal),
    render: ({ data, cursor }) => [
      pager(context, { next: cursor, parameter }),
      data.length ? el('div', { class: 'talk' }, data.reverse().map((one) => article(context, one, { changed: () => node.reload({ quiet: true }) }))) : nothing(t('No messages.')),
    ],
  });
  return node;
}

/** What a channel of the API is about: the other user, or a group. */
function channel(context, id, user) {
  const bare = id.replace(/^[^#]*#[^_]*_/, '');
  const isGroup = /@conference\./.test(bare);
  const name = bare.replace(/@[^@]*$/, '');
  return { name, conversation: isGroup ? name : `${user}:${name}` };
}

/** A user's conversations, and the chosen one beside them. */
export function conversations(context, user) {
  const chosen = context.query.conversation;
  const list = section(context, {
    heading: t('Conversations'),
    load: () => get(context.api + at`/users/${user}/user_channels`, { limit: 20, cursor: context.query.channels }, context.signal),
    render: ({ data, cursor }) => [
      table({
        name: t('Conversations'), rows: data.channel_infos, empty: t('No conversation yet.'),
        columns: [
          {
            label: t('With'), cell: (one) => {
              const { name, conversation } = channel(context, one.channel_id, user);
              return el('a', { href: context.address({ conversation, cursor: null }), 'aria-current': conversation === chosen ? 'true' : null }, own(name));
            },
          },
          { label: t('Unread'), kind: 'number', cell: (one) => number(one.unread_num) },
          { label: t('Last message'), cell: (one) => (one.meta ? time(one.meta.timestamp) : '') },
          { label: t('Text'), kind: 'wide clip', cell: (one) => (one.meta ? el('span', { dir: 'auto' }, snippet(one.meta)) : '') },
        ],
      }),
      pager(context, { next: cursor, parameter: 'channels' }),
    ],
  });
  return [list, chosen ? talk(context, chosen) : null];
}

/** The first words of a message. */
export function snippet(message) {
  if (message.recalled) return t('recalled');
  const [body] = message.payload.bodies;
  const text = body?.msg ?? body?.filename ?? body?.addr ?? body?.customEvent ?? body?.action ?? '';
  return text.length > 120 ? `${[...text].slice(0, 120).join('')}…` : text;
}
