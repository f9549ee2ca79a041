// Signing in: as an administrator of an organisation, or with a client of one application.

import { at, call } from './api.js';
import { el, own, put } from './dom.js';
import { t } from './i18n.js';
import { field } from './parts.js';
import { remember } from './session.js';

const scopes = (reply) => (typeof reply.scope === 'string' ? reply.scope.split(' ').filter(Boolean) : null);

function administrator(reply) {
  return {
    token: reply.access_token, expires: Date.now() + reply.expires_in * 1000, kind: 'administrator', name: reply.user.username,
    organizations: Object.keys(reply.user.organizations ?? {}), scope: scopes(reply), operator: reply.operator === true,
  };
}

/** Exchanges a password, a client's secret or a code for a token. */
async function signIn(values) {
  if (values.code) return administrator(await call('POST', '/management/token', { json: { grant_type: 'code', code: values.code }, open: true }));
  if (values.kind === 'client') {
    const [org, app, ...more] = values.application.trim().split('/');
    if (!org || !app || more.length) throw new Error(t('The application is written as org/app.'));
    const reply = await call('POST', at`/${org}/${app}/token`, {
      json: { grant_type: 'client_credentials', client_id: values.client_id.trim(), client_secret: values.client_secret.trim() }, open: true,
    });
    return {
      token: reply.access_token, expires: Date.now() + reply.expires_in * 1000, kind: 'client', name: values.client_id.trim(),
      application: `${org}/${app}`, scope: scopes(reply), operator: false,
    };
  }
  return administrator(await call('POST', '/management/token', {
    json: { grant_type: 'password', username: values.username.trim(), password: values.password }, open: true,
  }));
}

/** Where the reader wanted to go: an address of this page, and nothing else. */
const wanted = (context) => (/^#\/(?!sign-in)/.test(context.query.to ?? '') ? context.query.to : null);

export async function show(context) {
  const { code } = context.query;
  // The code leaves the address before anything is done with it, so that neither the history nor a shared link has it.
  if (code) history.replaceState(null, '', '#/sign-in');
  const fields = el('div', {});
  const error = el('div', { role: 'alert' });
  const radio = (value, text, checked) => el('label', { class: 'choice' },
    el('input', { type: 'radio', name: 'kind', value, checked, change: () => choose(value) }), el('span', {}, text));
  const choose = (kind) => put(fields, kind === 'client' ? [
    field({ label: t('Application'), name: 'application', placeholder: 'org/app', required: true, autocapitalize: 'off' }),
    field({ label: t('Client ID'), name: 'client_id', required: true, autocomplete: 'username', autocapitalize: 'off' }),
    field({ label: t('Client secret'), name: 'client_secret', type: 'password', required: true, autocomplete: 'current-password' }),
  ] : [
    field({ label: t('User name'), name: 'username', required: true, autocomplete: 'username', autocapitalize: 'off' }),
    field({ label: t('Password'), name: 'password', type: 'password', required: true, autocomplete: 'current-password' }),
  ]);
  const press = el('button', { type: 'submit', class: 'first' }, t('Sign in'));
  const attempt = async (values) => {
    if (press.disabled) return;
    press.disabled = true;
    put(error);
    try {
      const session = await signIn(values);
      remember(session, values.stay === 'on');
      context.go(wanted(context) ?? context.home(session));
      return;
    } catch (problem) {
      if (context.signal.aborted) return;
      put(error, el('p', { class: 'problem' }, own(values.code ? t('The link has been used or is too old. Sign in with a password.') : problem.message)));
    }
    press.disabled = false;
  };
  const form = el('form', {
    class: 'panel sign-in', submit: (event) => {
      event.preventDefault();
      attempt(Object.fromEntries(new FormData(form)));
    },
  }, el('fieldset', { class: 'choices' }, el('legend', {}, t('Sign in as')), radio('administrator', t('Administrator'), true), radio('client', t('Client'), false)),
  fields, field({ label: t('Stay signed in in this tab'), name: 'stay', type: 'checkbox' }), error, press);
  choose('administrator');
  context.fill(context.heading(t('Sign in')), wanted(context) ? el('p', { class: 'faint' }, t('Sign in to go on where you were.')) : null, form);
  form.querySelector('input[name=username]').focus();
  if (code) await attempt({ code });
}
