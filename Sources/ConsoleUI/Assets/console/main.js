// The page: what stands around every view, and the way from an address to its view.

import { news } from './api.js';
import { el, put } from './dom.js';
import { current, languages, span, speak, t } from './i18n.js';
import { announce, nothing, problem } from './parts.js';
import { forget, isAdministrator, may, signedIn } from './session.js';

/** The views of an application: the first part of the address, the module, the scope that it reads with. */
const views = {
  overview: [() => import('./overview.js'), null, 'Overview'],
  users: [() => import('./users.js'), 'users:read', 'Users'],
  groups: [() => import('./groups.js'), 'groups:read', 'Groups'],
  rooms: [() => import('./groups.js'), 'groups:read', 'Rooms'],
  messages: [() => import('./messages.js'), 'messages:read', 'Messages'],
  webhooks: [() => import('./webhooks.js'), 'webhooks', 'Webhooks'],
  clients: [() => import('./clients.js'), 'clients', 'Clients'],
  audit: [() => import('./audit.js'), 'audit', 'Audit'],
  settings: [() => import('./settings.js'), 'settings', 'Settings'],
};
/** The modules for one row of a list. */
const single = { users: () => import('./user.js'), groups: () => import('./group.js'), rooms: () => import('./group.js'), webhooks: () => import('./webhook.js') };

const main = el('main', { id: 'main', tabindex: -1 });
const live = el('div', { role: 'status', class: 'live', hidden: true });
const waits = el('div', { role: 'status', class: 'live waits', hidden: true });
const bar = el('header', { class: 'bar' });
const nav = el('nav', { id: 'nav' });

let turn = 0;
let leaving = new AbortController();
let shown = null;

/** The parts of the address: `#/org/app/view/id?name=value`. */
function parse() {
  const [path, search = ''] = location.hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  let parts;
  try { parts = path.split('/').filter(Boolean).map(decodeURIComponent); } catch { parts = ['']; }
  return { path: `#/${path.replace(/\/$/, '')}`, parts, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** The address of the present view with other parameters; those that are empty are left out. */
function addressWith(path, query, changes) {
  const all = Object.entries({ ...query, ...changes }).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const search = new URLSearchParams(all).toString();
  return search ? `${path}?${search}` : path;
}

function go(address) {
  if (location.hash === address) show();
  else location.hash = address;
}

/** The view of an address: its module, what it is about, and whether the sign-in reaches it. */
function destination(parts) {
  if (parts[0] === 'sign-in') return { load: () => import('./sign-in.js'), isOpen: true };
  if (parts[0] === 'applications' && parts.length === 1) return { load: () => import('./applications.js') };
  if (parts[0] === 'server' && parts.length === 1) return { load: () => import('./server.js'), operator: true, label: 'Server' };
  const [org, app, name, id] = parts;
  const view = Object.hasOwn(views, name ?? '') ? views[name] : null;
  if (!view || parts.length > 4 || (id !== undefined && !single[name])) return null;
  return { load: id === undefined ? view[0] : single[name], scope: view[1], label: view[2], org, app, name, id };
}

function isRefused(found, session) {
  if (found.operator) return session.operator !== true;
  if (found.org === undefined) return false;
  if (session.kind === 'client' && session.application !== `${found.org}/${found.app}`) return true;
  return !may(found.scope);
}

async function show() {
  turn += 1;
  const mine = turn;
  leaving.abort();
  leaving = new AbortController();
  const { path, parts, query } = parse();
  const session = signedIn();
  if (parts.length === 0) return location.replace(session ? home(session) : '#/sign-in');
  const found = destination(parts);
  if (!session && !found?.isOpen) {
    return location.replace(`#/sign-in?${new URLSearchParams({ to: location.hash })}`);
  }
  const context = {
    path, parts, query, signal: leaving.signal, ...found, home,
    base: found?.org ? `#/${encodeURIComponent(found.org)}/${encodeURIComponent(found.app)}` : '',
    api: found?.org ? `/${encodeURIComponent(found.org)}/${encodeURIComponent(found.app)}` : '',
    address: (changes) => addressWith(path, query, changes), go, reload: show, main,
  };
  const isSame = shown === path;
  const focused = document.activeElement?.id;
  furnish(found, session);
  main.setAttribute('aria-busy', 'true');
  if (!isSame) put(main, el('p', { class: 'loading' }, t('Loading …')));
  const heading = (text, ...tools) => {
    const words = typeof text === 'string' ? text : text.textContent;
    document.title = [words, found?.org ? `${found.org}/${found.app}` : null, 'Parley'].filter(Boolean).join(' · ');
    const title = el('h1', { tabindex: -1 }, text);
    return el('div', { class: 'title' }, title, tools.length ? el('div', { class: 'tools' }, tools) : null);
  };
  context.heading = heading;
  const fill = (...nodes) => { if (mine === turn) put(main, nodes); };
  context.fill = fill;
  if (!found) {
    fill(heading(t('There is no such page')), nothing(t('The address leads nowhere.')), el('p', {}, el('a', { href: session ? home(session) : '#/sign-in' }, t('Back to the beginning'))));
  } else if (session && !found.isOpen && isRefused(found, session)) {
    fill(heading(t(found.label)), nothing(refusal(found, session)));
  } else {
    try {
      const view = await found.load();
      if (mine !== turn) return;
      await view.show(context);
    } catch (error) {
      if (mine !== turn || context.signal.aborted) return;
      fill(heading(t(found.label ?? 'Parley')), problem(error, show));
    }
  }
  if (mine !== turn) return;
  settle(isSame, focused);
  shown = path;
  main.removeAttribute('aria-busy');
  main.dataset.shown = location.hash;
}

/** The reader is where the view begins, or where it was. */
function settle(isSame, focused) {
  const before = isSame && focused ? document.getElementById(focused) : null;
  if (before) before.focus();
  else if (shown !== null) main.querySelector('h1')?.focus();
  if (!isSame) scrollTo(0, 0);
}

function refusal(found, session) {
  if (found.operator) return t('This is for operators of the server.');
  if (session.kind === 'client' && session.application !== `${found.org}/${found.app}`) return t('You are signed in to another application.');
  return t('Your sign-in doesn’t include “{scope}”.', { scope: found.scope });
}

const home = (session) => (session.kind === 'client' ? `#/${session.application.split('/').map(encodeURIComponent).join('/')}/overview` : '#/applications');

/** The bar and the way between views, for the sign-in and the application of the address. */
function furnish(found, session) {
  const application = found?.org ? `${found.org}/${found.app}` : null;
  put(bar,
    el('button', { type: 'button', class: 'menu', hidden: !session, 'aria-expanded': 'false', 'aria-controls': 'nav', click: toggleMenu }, t('Menu')),
    el('a', { class: 'brand', href: session ? home(session) : '#/sign-in' }, 'Parley'),
    application ? el('span', { class: 'where' }, el('bdi', {}, application)) : null,
    el('span', { class: 'gap' }),
    session ? el('span', { class: 'who' }, el('bdi', {}, session.name)) : null,
    el('label', { class: 'language' }, el('span', { class: 'unseen' }, t('Language')),
      el('select', { id: 'language', 'aria-label': t('Language'), change: changeLanguage },
        Object.entries(languages).map(([code, name]) => el('option', { value: code, lang: code, selected: code === current() }, name)))),
    session ? el('button', { type: 'button', class: 'plain', click: signOut }, t('Sign out')) : null);
  nav.classList.remove('open');
  nav.hidden = !session;
  nav.setAttribute('aria-label', t('Views'));
  if (!session) return;
  const entry = (href, text, isHere) => el('li', {}, el('a', { href, 'aria-current': isHere ? 'page' : null }, t(text)));
  const base = application ? `#/${encodeURIComponent(found.org)}/${encodeURIComponent(found.app)}` : null;
  put(nav, el('ul', {},
    isAdministrator() ? entry('#/applications', 'Applications', location.hash.startsWith('#/applications')) : null,
    session.operator ? entry('#/server', 'Server', location.hash.startsWith('#/server')) : null,
    base ? Object.entries(views).filter(([, view]) => may(view[1])).map(([name, view]) => entry(`${base}/${name}`, view[2], found.name === name)) : null));
}

function toggleMenu(event) {
  const isOpen = nav.classList.toggle('open');
  event.currentTarget.setAttribute('aria-expanded', String(isOpen));
}

async function changeLanguage(event) {
  await speak(event.currentTarget.value);
  frame();
  show();
}

function signOut() {
  forget();
  location.hash = '#/sign-in';
}

let quiet = null;

/** Said once, and seen for some seconds. */
function say(text) {
  live.hidden = false;
  live.textContent = text;
  clearTimeout(quiet);
  quiet = setTimeout(() => { live.hidden = true; live.textContent = ''; }, 6000);
}

function frame() {
  put(document.body, el('a', {
    class: 'skip', href: '#main', click: (event) => {
      event.preventDefault();
      main.focus();
    },
  }, t('Skip to the content')), bar, el('div', { class: 'frame' }, nav, main), live, waits);
}

news.addEventListener('signed-out', () => {
  announce(t('Your session has ended. Sign in again.'));
  location.hash = `#/sign-in?${new URLSearchParams({ to: location.hash })}`;
});
news.addEventListener('wait', ({ detail }) => {
  waits.hidden = detail === 0;
  waits.textContent = detail === 0 ? '' : t('Too many requests: the server asks to wait {time}, then this goes on.', { time: span(Math.ceil(detail)) });
});
document.addEventListener('announce', ({ detail }) => say(detail));
addEventListener('hashchange', show);

await speak();
frame();
await show();
