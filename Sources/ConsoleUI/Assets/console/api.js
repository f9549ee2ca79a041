// Calls of the API: where it is, what a failure says, when a call is repeated, and the same call for a shell.

import { t } from './i18n.js';
import { forget, signedIn } from './session.js';

/** The address before every path of the API: the folder above this page's, whatever prefix a proxy puts there. */
const root = new URL('../', document.baseURI);

/** The things that the rest of the page hears of: an ended session, a wait. */
export const news = new EventTarget();

/** A call that didn't do what it was made for. */
export class Failure extends Error {
  constructor(status, message, { scope = null, reference = null } = {}) {
    super(message);
    this.status = status;
    this.scope = scope;
    this.reference = reference;
  }
}

/** A path from a template: each value is one segment, whatever it holds. */
export function at(strings, ...values) {
  return strings.reduce((path, part, index) => path + encodeURIComponent(values[index - 1]) + part);
}

function addressOf(path, query) {
  const url = new URL(path.replace(/^\//, ''), root);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== '') url.searchParams.set(name, value);
  }
  return url;
}

function later(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

/** The seconds of a Retry-After field, which may also be a date. */
function wait(response) {
  const field = response.headers.get('retry-after') ?? '';
  const seconds = /^\d+$/.test(field) ? Number(field) : (Date.parse(field) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0.2), 3600) : 1;
}

function sentence(body) {
  if (body === null || typeof body !== 'object') return null;
  const words = [body.error_description, body.desc, body.errMsg, body.error?.message, body.message, body.error]
    .find((text) => typeof text === 'string' && text !== '');
  return words ?? (Array.isArray(body.msgs) ? body.msgs[0]?.recalled : null);
}

async function failure(response) {
  let body = null;
  try { body = JSON.parse(await response.text()); } catch { /* A proxy's page says nothing that is for people here. */ }
  const challenge = response.headers.get('www-authenticate') ?? '';
  const scope = challenge.includes('insufficient_scope') ? challenge.match(/scope="([^"]*)"/)?.[1] ?? '' : null;
  const reference = response.headers.get('x-request-id');
  if (scope !== null) return new Failure(403, t('Your sign-in doesn’t include “{scope}”.', { scope }), { scope, reference });
  const said = sentence(body);
  if (said !== null) return new Failure(response.status, said, { reference });
  if (response.status === 429) return new Failure(429, t('Too many requests; the server asks to wait.'), { reference });
  if (response.status >= 500) return new Failure(response.status, t('The server can’t answer just now ({status}).', { status: response.status }), { reference });
  return new Failure(response.status, t('The server refused this ({status}).', { status: response.status }), { reference });
}

/** One exchange; a refused reading (429) is repeated once the server has said that it may be. */
async function exchange(method, url, options, headers) {
  for (;;) {
    let response;
    try {
      response = await fetch(url, {
        method, headers, body: options.body, signal: options.signal, cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer',
      });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new Failure(0, t('The server doesn’t answer.'));
    }
    if (response.status !== 429 || method !== 'GET') return response;
    const seconds = wait(response);
    news.dispatchEvent(new CustomEvent('wait', { detail: seconds }));
    await later(seconds, options.signal);
    news.dispatchEvent(new CustomEvent('wait', { detail: 0 }));
  }
}

/**
 * Calls the API and returns its response; a status other than 2xx is thrown as a `Failure`.
 *
 * `json` is sent as JSON, `body` as it is. A 401 ends the session, but for `open` calls, which have none.
 */
export async function send(method, path, { query, json, body, headers = {}, signal, open = false } = {}) {
  const fields = { ...headers };
  const token = open ? null : signedIn()?.token;
  if (token) fields.Authorization = `Bearer ${token}`;
  if (json !== undefined) fields['Content-Type'] = 'application/json';
  const response = await exchange(method, addressOf(path, query), { body: json === undefined ? body : JSON.stringify(json), signal }, fields);
  if (response.ok) return response;
  if (response.status === 401 && !open) {
    // A call that an earlier sign-in made says nothing about the present one.
    if (token === signedIn()?.token) {
      forget();
      news.dispatchEvent(new Event('signed-out'));
    }
    throw new Failure(401, t('Your session has ended.'));
  }
  throw await failure(response);
}

/** The same, and its JSON. */
export async function call(method, path, options) {
  const response = await send(method, path, options);
  try {
    return await response.json();
  } catch (error) {
    if (options?.signal?.aborted) throw error;
    throw new Failure(response.status, t('The server’s answer can’t be read.'));
  }
}

export const get = (path, query, signal) => call('GET', path, { query, signal });

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** The line that makes the same call from a shell; a password isn't shown. */
export function curl({ method = 'GET', path, query, json, file }) {
  const words = ['curl'];
  if (method !== 'GET' && !(method === 'POST' && (json !== undefined || file))) words.push('-X', method);
  words.push(quoted(addressOf(path, query).href), '-H "Authorization: Bearer $TOKEN"');
  if (json !== undefined) {
    words.push('-d', quoted(JSON.stringify(json, (key, value) => (/password/.test(key) && value ? '…' : value))));
  }
  if (file) words.push('--data-binary', quoted(`@${file}`));
  return words.join(' ');
}
