// Work that goes on in the server for a while: imports with their wrong lines, exports with their result.

import { call, get, send } from './api.js';
import { ask } from './ask.js';
import { el, own, put } from './dom.js';
import { number, t } from './i18n.js';
import { table } from './parts.js';

function later(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

/** Follows a job to its end; `step` is given each state on the way. */
async function follow(context, id, step, signal) {
  for (let pause = 200; ; pause = Math.min(pause * 1.5, 3000)) {
    const { data } = await get(`${context.api}/jobs/${encodeURIComponent(id)}`, null, signal);
    step(data);
    if (data.state !== 'running') return data;
    await later(pause, signal);
  }
}

/** What became of the lines, by their types: `user: 1,000 created`. */
function counted(job) {
  return Object.entries(job.counts ?? {}).map(([type, counts]) => {
    const parts = typeof counts === 'number' ? [number(counts)]
      : Object.entries(counts).filter(([, value]) => value > 0).map(([name, value]) => `${number(value)} ${t(name)}`);
    return `${t(type)}: ${parts.join(', ') || number(0)}`;
  }).join(' · ');
}

/** The type of a file by its name: users with a head line, one object a line, or such a file with others in an archive. */
function formOf(file) {
  const name = file.name.toLowerCase().replace(/\.gz$/, '');
  if (name.endsWith('.csv')) return { type: 'text/csv', format: 'csv' };
  return { type: name.endsWith('.tar') ? 'application/x-tar' : 'application/x-ndjson' };
}

/** The question behind the address of an import. */
const importQuery = (file, update) => ({ format: file ? formOf(file).format : null, name: file?.name.slice(0, 255), update: update ? 'true' : null });

/** Asks for a file, sends it, and shows how far the server is and which lines were wrong. */
export function importFile(context, list) {
  const progress = el('progress', { 'aria-label': t('Progress of the import'), hidden: true });
  const said = el('p', { role: 'status' });
  const wrong = el('div', { class: 'scroll' });
  ask({
    title: t('Import'), action: t('Start import'), stays: true,
    text: t('One object a line (NDJSON), or users as CSV with a head line: username,password,nickname. A user that exists already isn’t changed.'),
    fields: [
      { label: t('File'), name: 'file', type: 'file', required: true, accept: '.ndjson,.jsonl,.json,.csv,.gz,.tar,.txt' },
      { label: t('Profiles of existing users are overwritten'), name: 'update', type: 'checkbox' },
    ],
    live: el('div', {}, progress, said, wrong),
    request: ({ file, update }) => ({ method: 'POST', path: `${context.api}/imports`, query: importQuery(file, update), file: file?.name ?? 'FILE' }),
    run: async ({ file, update }, signal) => {
      put(wrong);
      progress.hidden = false;
      progress.removeAttribute('value');
      put(said, t('The file is being sent …'));
      try {
        const reply = await call('POST', `${context.api}/imports`, {
          body: file, headers: { 'Content-Type': formOf(file).type }, query: importQuery(file, update), signal,
        });
        const job = await follow(context, reply.data.id, (state) => {
          if (state.total_bytes) {
            progress.max = state.total_bytes;
            progress.value = state.bytes;
          }
          put(said, counted(state) || t('The server reads the file …'));
        }, signal);
        progress.value = progress.max;
        const words = job.state === 'failed' ? `${t('The import has failed.')} ${job.failure ?? ''}` : t('The import is finished.');
        put(said, own([words, counted(job)].filter(Boolean).join(' ')));
        if (job.errors) put(wrong, await wrongLines(context, job, signal));
        list?.reload({ quiet: true });
        return job;
      } catch (error) {
        progress.hidden = true;
        put(said);
        throw error;
      }
    },
  });
}

async function wrongLines(context, job, signal) {
  const reply = await get(`${context.api}/jobs/${encodeURIComponent(job.id)}/errors`, { limit: 100 }, signal);
  const lines = reply.data;
  return [
    el('h3', {}, `${t('Lines that were wrong')}: ${number(job.errors)}`),
    table({
      name: t('Lines that were wrong'), rows: lines,
      columns: [{ label: t('Line'), kind: 'number', cell: (one) => number(one.line) }, { label: t('Reason'), kind: 'wide', cell: (one) => own(one.reason) }],
    }),
  ];
}

/** Lets the browser store what was received as a file. */
export function store(blob, name) {
  const url = URL.createObjectURL(blob);
  el('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/** Has the server write an export and takes it once it is finished. */
export function exportOf(context, { title, path, name, text }) {
  const said = el('p', { role: 'status' });
  ask({
    title, action: t('Start export'), stays: true, live: said,
    text: text ?? t('The server writes everything as one object a line; passwords only as hashes. The browser stores the file when it is finished.'),
    request: () => ({ method: 'POST', path }),
    run: async (_, signal) => {
      put(said, t('The server writes …'));
      const reply = await call('POST', path, { json: {}, signal });
      const job = await follow(context, reply.data.id, (state) => put(said, counted(state) || t('The server writes …')), signal);
      if (job.state === 'failed') throw new Error(t('The export has failed.'));
      const result = await send('GET', `${context.api}/jobs/${encodeURIComponent(job.id)}/result`, { signal });
      store(await result.blob(), name);
      put(said, t('The export is finished.'), ' ', counted(job));
      return job;
    },
  });
}
