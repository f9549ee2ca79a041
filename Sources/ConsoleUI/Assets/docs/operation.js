// One operation: what it is, a form to try it with, the curl line of the same call, its replies.

import { element, inline, prose } from './dom.js';
import { example, kind, resolve, tree } from './schema.js';

/** The address of the server: the page's own, whatever prefix a proxy puts before it. */
const base = new URL('.', location.href);

/** The words that an operation is found by. */
export function wordsOf(path, method, operation) {
  return [operation.operationId, method, path, operation.summary, ...(operation.tags ?? [])].join(' ').toLowerCase();
}

/** The element of an operation, and the function that makes its inside, once: hundreds at once would hold the page up. */
export function operationElement(api, path, method, operation, settings) {
  const node = element('details', { class: 'operation', id: operation.operationId },
    element('summary', {},
      element('span', { class: `method ${method}` }, method.toUpperCase()), ' ',
      element('span', { class: 'path' }, path), ' ',
      element('span', { class: 'about' }, inline(operation.summary ?? ''))));
  const fill = () => {
    if (node.childElementCount === 1) node.append(inside(api, path, method, operation, settings, node));
  };
  node.addEventListener('toggle', fill);
  return { node, fill };
}

function inside(api, path, method, operation, settings, node) {
  const isOperators = Boolean(operation.servers);
  const call = new Call(api, path, method, operation, settings, isOperators);
  const replies = element('div');
  const showReplies = () => {
    if (node.open && !replies.childElementCount) replies.append(...replyElements(api, operation));
  };
  node.addEventListener('toggle', showReplies);
  showReplies();
  return element('div', { class: 'inside' },
    prose(operation.description ?? ''),
    isOperators ? element('p', { class: 'dim' }, inline(operation.servers[0].description)) : null,
    call.form, element('h3', {}, 'As curl'), call.curl, call.result, replies);
}

function replyElements(api, operation) {
  const nodes = [];
  const body = requestBody(operation);
  if (body && tree(api, body.schema)) nodes.push(element('h3', {}, 'Body'), tree(api, body.schema));
  nodes.push(element('h3', {}, 'Replies'));
  for (const [status, reference] of Object.entries(operation.responses)) {
    const response = resolve(api, reference);
    const [type, content] = Object.entries(response.content ?? {})[0] ?? [];
    nodes.push(element('details', {},
      element('summary', {}, element('strong', {}, status), ` ${response.description.split('\n')[0]}`),
      type ? element('p', { class: 'type' }, type) : null,
      content?.schema ? tree(api, content.schema) : null,
      Object.entries(content?.examples ?? {}).map(([title, shown]) => [
        element('p', { class: 'hint' }, title),
        element('pre', { tabindex: 0 }, asText(resolve(api, shown).value))])));
  }
  return nodes;
}

function asText(value) { return typeof value === 'string' ? value : JSON.stringify(value, null, 2); }

function requestBody(operation) {
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  return type ? { type, schema: content.schema, examples: content.examples } : null;
}

/** A form with an input for each parameter, kept in step with the curl line. */
class Call {
  constructor(api, path, method, operation, settings, isOperators) {
    Object.assign(this, { api, path, method, operation, settings, isOperators });
    this.parameters = (operation.parameters ?? []).map((parameter) => resolve(api, parameter));
    this.body = requestBody(operation);
    this.scheme = Object.keys(operation.security?.find((choice) => Object.keys(choice).length) ?? {})[0];
    this.inputs = new Map();
    this.curl = element('pre', { tabindex: 0, 'aria-label': 'curl line' });
    this.result = element('div', { role: 'status' });
    this.form = this.makeForm();
    settings.addEventListener('change', () => this.show());
    this.show();
  }

  makeForm() {
    const fields = this.parameters.map((parameter) => this.field(parameter));
    if (this.scheme) {
      this.token = element('input', { name: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false' });
      this.token.value = this.settings.token;
      this.token.addEventListener('input', () => { this.settings.token = this.token.value; });
      this.settings.addEventListener('change', () => { this.token.value = this.settings.token; });
      const hint = this.scheme === 'bearer' ? 'Sent as Authorization: Bearer.' : `Sent as ${this.scheme}.`;
      fields.push(element('label', {}, 'token', this.token, element('span', { class: 'hint' }, hint)));
    }
    return element('form', { input: () => this.show(), submit: (event) => { event.preventDefault(); this.send(); } },
      element('div', { class: 'fields' }, fields), this.bodyField(),
      this.isOperators ? null : element('button', { type: 'submit' }, 'Send'));
  }

  field(parameter) {
    const schema = resolve(this.api, parameter.schema ?? {});
    const shared = ['org', 'app'].includes(parameter.name) && parameter.in === 'path' ? parameter.name : null;
    const input = element('input', {
      name: parameter.name, autocomplete: 'off', spellcheck: 'false', required: parameter.in === 'path',
      placeholder: schema.default ?? parameter.example,
    });
    if (shared) {
      input.value = this.settings[shared];
      input.addEventListener('input', () => { this.settings[shared] = input.value; });
      this.settings.addEventListener('change', () => { input.value = this.settings[shared]; });
    }
    this.inputs.set(parameter, input);
    return element('label', {}, `${parameter.name}${parameter.required ? ' *' : ''}`, input,
      element('span', { class: 'hint' }, inline(parameter.description ?? ''), ' ', kind(this.api, schema)));
  }

  bodyField() {
    if (!this.body) return null;
    if (this.body.type === 'multipart/form-data') {
      this.file = element('input', { name: 'file', type: 'file', required: true });
      return element('label', {}, 'file *', this.file);
    }
    this.text = element('textarea', { name: 'body', spellcheck: 'false' });
    const shown = Object.values(this.body.examples ?? {})[0];
    const value = shown ? resolve(this.api, shown).value : example(this.api, this.body.schema);
    this.text.value = this.body.type === 'application/x-www-form-urlencoded' ? 'key=value' : asText(value);
    return element('label', {}, `body, ${this.body.type}`, this.text);
  }

  /** The address, relative to the server. */
  target() {
    let path = this.path;
    const query = new URLSearchParams();
    for (const [parameter, input] of this.inputs) {
      if (parameter.in === 'path') {
        path = path.replace(`{${parameter.name}}`, input.value ? encodeURIComponent(input.value) : `{${parameter.name}}`);
      }
      if (parameter.in === 'query' && input.value !== '') query.append(parameter.name, input.value);
    }
    return path.slice(1) + (query.size ? `?${query}` : '');
  }

  fields() {
    const fields = [];
    if (this.scheme && this.token.value) {
      const name = this.scheme === 'bearer' ? 'Authorization' : this.scheme;
      fields.push([name, this.scheme === 'bearer' ? `Bearer ${this.token.value}` : this.token.value]);
    }
    if (this.text) fields.push(['Content-Type', this.body.type]);
    for (const [parameter, input] of this.inputs) {
      if (parameter.in === 'header' && input.value !== '') fields.push([parameter.name, input.value]);
    }
    return fields;
  }

  /** Writes the curl line; the token stands in it by a name, so that a copied line gives nothing away. */
  show() {
    const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
    const words = ['curl'];
    if (this.isOperators) words.push('--unix-socket parley-data/parley.sock');
    if (this.method !== 'get') words.push(`-X ${this.method.toUpperCase()}`);
    const origin = this.isOperators ? 'http://localhost/' : base.href;
    words.push(quoted(origin + this.target()));
    for (const [name, value] of this.fields()) {
      const isToken = this.token && value.endsWith(this.token.value) && this.token.value !== '' && name !== 'Content-Type';
      words.push(isToken ? `-H "${name}: ${name === 'Authorization' ? 'Bearer ' : ''}$TOKEN"` : `-H ${quoted(`${name}: ${value}`)}`);
    }
    if (this.text) words.push(`-d ${quoted(this.text.value)}`);
    if (this.file) words.push('-F file=@FILE');
    this.curl.textContent = words.join(' ');
  }

  async send() {
    this.result.replaceChildren(element('p', { class: 'dim' }, 'Sending …'));
    const started = performance.now();
    try {
      let body = this.text?.value;
      if (this.file) {
        body = new FormData();
        body.append('file', this.file.files[0]);
      }
      const reply = await fetch(new URL(this.target(), base), {
        method: this.method.toUpperCase(), headers: this.fields(), body, credentials: 'omit', redirect: 'manual',
      });
      const text = await reply.text();
      const duration = Math.round(performance.now() - started);
      this.result.replaceChildren(
        element('h3', {}, 'Reply'),
        element('p', { class: reply.ok ? null : 'bad' }, element('strong', {}, `${reply.status} ${reply.statusText}`),
          ` in ${duration} ms, ${reply.headers.get('content-type') ?? 'no body'}, request ${reply.headers.get('x-request-id') ?? 'without a name'}`),
        element('pre', { tabindex: 0 }, pretty(text)));
    } catch (error) {
      this.result.replaceChildren(element('p', { class: 'bad', role: 'alert' }, `No reply: ${error.message}`));
    }
  }
}

function pretty(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text.slice(0, 200000); }
}
