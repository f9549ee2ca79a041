// The sign-in in force: in memory, and for as long as the tab lives in its own storage where that was asked for.

const stored = 'parley.session';
let session = null;

function read() {
  try { return JSON.parse(sessionStorage.getItem(stored)); } catch { return null; }
}

function isGood(found) {
  return typeof found?.token === 'string' && typeof found.expires === 'number' && found.expires > Date.now();
}

/** The sign-in, or null: `{token, expires, kind, name, organizations, application, scope, operator}`. */
export function signedIn() {
  if (!session) {
    const found = read();
    if (isGood(found)) session = found;
  }
  if (session && session.expires <= Date.now()) forget();
  return session;
}

/** Takes a sign-in; with `stays`, a reload of this tab finds it. */
export function remember(found, stays) {
  session = found;
  try {
    if (stays) sessionStorage.setItem(stored, JSON.stringify(found));
    else sessionStorage.removeItem(stored);
  } catch { /* It lasts as long as the page then. */ }
}

/** Ends the sign-in in this tab. */
export function forget() {
  session = null;
  try { sessionStorage.removeItem(stored); } catch { /* Nothing was stored. */ }
}

/** Whether the sign-in includes a scope. A server that doesn't say which it granted refuses by itself. */
export function may(scope) {
  if (!session) return false;
  if (!scope || !session.scope) return true;
  return session.scope.includes('*') || session.scope.includes(scope);
}

/** Whether it is that of an administrator, who looks after applications. */
export const isAdministrator = () => session?.kind === 'administrator';
