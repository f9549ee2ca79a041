// The page of the API document: loads the part that the address asks for, lists it by topic, and searches in it.

import { element, inline, prose } from './dom.js';
import { operationElement, wordsOf } from './operation.js';
import { example, resolve, tree } from './schema.js';

const dialects = [['', 'All'], ['platform', 'Platform'], ['openim', 'OpenIM'], ['ourchat', 'OurChat'], ['operations', 'Operations']];
const methods = ['get', 'post', 'put', 'delete', 'patch', 'head', 'options'];
const byID = (id) => document.getElementById(id);
const count = byID('docs-count');

/** What all forms share: the application and the token; who changes one of them tells the others. */
class Settings extends EventTarget {
  #values = { org: 'chat-demo', app: 'testapp', token: '' };
  #set(name, value) {
    if (this.#values[name] === value) return;
    this.#values[name] = value;
    this.dispatchEvent(new Event('change'));
  }
  get org() { return this.#values.org; }
  set org(value) { this.#set('org', value); }
  get app() { return this.#values.app; }
  set app(value) { this.#set('app', value); }
  get token() { return this.#values.token; }
  set token(value) { this.#set('token', value); }
}

const settings = new Settings();
for (const name of ['org', 'app', 'token']) {
  const input = byID(`docs-${name}`);
  input.value = settings[name];
  input.addEventListener('input', () => { settings[name] = input.value; });
  settings.addEventListener('change', () => { if (input.value !== settings[name]) input.value = settings[name]; });
}

/** What can be searched: an element and the words that it is found by. */
const found = [];
const sections = [];

function showDialects(current) {
  byID('docs-dialects').append(...dialects.map(([name, label]) => element('a',
    { href: name ? `?dialect=${name}` : '?', 'aria-current': name === current ? 'page' : null }, label)));
}

function listOperations(api) {
  const topics = new Map((api.tags ?? []).map((tag) => [tag.name, { tag, nodes: [] }]));
  for (const [path, item] of Object.entries(api.paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (!operation) continue;
      const { node, fill } = operationElement(api, path, method, operation, settings);
      found.push({ node, fill, words: wordsOf(path, method, operation) });
      topics.get(operation.tags?.[0])?.nodes.push(node);
    }
  }
  for (const { tag, nodes } of topics.values()) {
    const section = element('section', { 'aria-labelledby': `docs-tag-${tag.name}` },
      element('h2', { id: `docs-tag-${tag.name}` }, tag.name), prose(tag.description ?? ''), nodes);
    sections.push(section);
    byID('docs-list').append(section);
  }
}

function listFrames(api) {
  for (const [path, channel] of Object.entries(api['x-channels'] ?? {})) {
    const frames = [['client', channel.publish], ['server', channel.subscribe]].flatMap(([sender, side]) =>
      side.message.oneOf.map((frame) => frameElement(api, sender, frame)));
    const section = element('section', { 'aria-labelledby': 'docs-frames' },
      element('h2', { id: 'docs-frames' }, `Frames of ${path}`), frames);
    sections.push(section);
    byID('docs-list').append(section);
  }
}

function frameElement(api, sender, frame) {
  const schema = resolve(api, frame.payload);
  const code = schema.properties.code.const;
  const node = element('details', { class: 'operation', id: frame.name },
    element('summary', {},
      element('span', { class: 'method frame' }, String(code)), ' ',
      element('span', { class: 'path' }, frame.name), ' ',
      element('span', { class: 'about' }, `Sent by the ${sender}. `, inline(frame.summary))),
    element('div', { class: 'inside' }, tree(api, schema),
      element('h3', {}, 'Example'), element('pre', { tabindex: 0 }, JSON.stringify(example(api, schema), null, 2))));
  found.push({ node, words: `${frame.name} frame ${code} ${sender} ${frame.summary}`.toLowerCase() });
  return node;
}

function search(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const item of found) {
    item.node.hidden = !words.every((word) => item.words.includes(word));
    if (!item.node.hidden) shown += 1;
  }
  for (const section of sections) section.hidden = !section.querySelector('details.operation:not([hidden])');
  count.textContent = words.length ? `${shown} of ${found.length} operations and frames` : `${found.length} operations and frames`;
}

/** Makes the insides of all operations, some at a time, so that the page answers meanwhile. */
function fillSlowly(position = 0) {
  const end = Math.min(position + 8, found.length);
  for (const { fill } of found.slice(position, end)) fill?.();
  if (end < found.length) setTimeout(fillSlowly, 0, end);
}

/** Opens what the address names. */
function openNamed() {
  const node = byID(decodeURIComponent(location.hash.slice(1)));
  if (node?.matches('details')) {
    node.open = true;
    node.scrollIntoView();
  }
}

async function start() {
  const asked = new URLSearchParams(location.search).get('dialect') ?? '';
  const dialect = dialects.some(([name]) => name === asked) ? asked : '';
  showDialects(dialect);
  try {
    const reply = await fetch(`openapi.json${dialect ? `?dialect=${dialect}` : ''}`);
    if (!reply.ok) throw new Error(`the server answers ${reply.status}`);
    const api = await reply.json();
    byID('docs-about').lastElementChild.append(...prose(api.info.description));
    listOperations(api);
    listFrames(api);
  } catch (error) {
    count.replaceChildren(`The API document can't be read: ${error.message}. `,
      element('button', { type: 'button', click: () => location.reload() }, 'Try again'));
    count.setAttribute('role', 'alert');
    return;
  }
  const input = document.querySelector('input[name=search]');
  input.addEventListener('input', () => search(input.value));
  byID('docs-settings').addEventListener('submit', (event) => event.preventDefault());
  for (const { node } of found) {
    node.addEventListener('toggle', () => { if (node.open) history.replaceState(null, '', `#${node.id}`); });
  }
  search('');
  openNamed();
  fillSlowly();
  addEventListener('hashchange', openNamed);
}

start();
