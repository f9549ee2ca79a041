// The application at a glance: numbers, messages by minute and day, what waits, what was refused.

import { get } from './api.js';
import { el, own, svg } from './dom.js';
import { bytes, day, minute, number, t } from './i18n.js';
import { asCurl, facts, nothing, section, table, time } from './parts.js';

export async function show(context) {
  const path = `${context.api}/stats`;
  const body = section(context, { heading: t('Now'), load: () => get(path, null, context.signal), render: ({ data }) => render(data), missing: t('This server has no statistics.') });
  context.fill(context.heading(t('Overview')), body, asCurl(() => ({ path })));
}

function render(data) {
  const backlog = data.webhook_backlog ?? {};
  const refusals = Object.entries(data.refusals ?? {}).sort((one, other) => other[1] - one[1]);
  const refused = refusals.reduce((sum, [, count]) => sum + count, 0);
  const minutes = (data.messages_per_minute ?? []).map((one) => ({ label: minute(one.start), value: one.count }));
  const days = (data.messages_per_day ?? []).map((one) => ({ label: day(dayOf(one)), value: one.count }));
  return [
    el('dl', { class: 'figures' }, [
      [t('Users'), number(data.users)], [t('Online'), number(data.online)], [t('Groups'), number(data.groups)], [t('Rooms'), number(data.rooms)],
      [t('Files'), [bytes(data.file_bytes), data.file_bytes_quota ? el('small', {}, t('of {all}', { all: bytes(data.file_bytes_quota) })) : null]],
      [t('Webhooks that wait'), number(backlog.pending ?? 0)], [t('Refused requests'), number(refused)],
    ].map(([name, value]) => el('div', { class: 'figure' }, el('dt', {}, name), el('dd', {}, value)))),
    backlog.oldest ? facts([[t('Oldest waiting delivery'), time(backlog.oldest)]]) : null,
    el('div', { class: 'columns' },
      chart(t('Messages a minute, the last hour'), minutes), chart(t('Messages a day, the last 30 days'), days),
      refusals.length ? chart(t('Refused requests by reason'), refusals.map(([reason, value]) => ({ label: reason, value })), true) : null),
  ];
}

/** A day of the calendar of UTC is a day of the reader's, whatever hour it begins with there. */
function dayOf({ date }) {
  const [year, month, number] = String(date).split('-').map(Number);
  return new Date(year, month - 1, number).getTime();
}

/** Bars from left to right; what it shows is said in its name, too, and all of it stands in a table. */
function chart(name, points, isNamed = false) {
  if (points.length === 0) return nothing(t('Nothing yet.'));
  const most = Math.max(1, ...points.map((point) => point.value));
  const sum = points.reduce((total, point) => total + point.value, 0);
  const width = 600 / points.length;
  const bars = points.map((point, index) => {
    const height = point.value === 0 ? 1 : Math.max(2, (point.value / most) * 112);
    return svg('rect', { x: (index * width + width * 0.12).toFixed(2), y: (118 - height).toFixed(2), width: (width * 0.76).toFixed(2), height: height.toFixed(2) },
      svg('title', {}, `${point.label}: ${number(point.value)}`));
  });
  return el('figure', { class: 'plot' },
    el('figcaption', {}, el('span', {}, name), el('span', { class: 'faint' }, t('{sum} in all, {most} at most', { sum, most: Math.max(...points.map((point) => point.value)) }))),
    svg('svg', { class: 'chart', viewBox: '0 0 600 120', preserveAspectRatio: 'none', role: 'img', 'aria-label': `${name}: ${t('{sum} in all, {most} at most', { sum, most })}` },
      svg('line', { x1: 0, x2: 600, y1: 119, y2: 119 }), bars),
    el('div', { class: isNamed ? 'feet around' : 'feet', 'aria-hidden': 'true' }, (isNamed ? points : [points[0], points.at(-1)]).map((point) => el('span', {}, own(point.label)))),
    el('details', {}, el('summary', {}, t('as a table')), el('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': name },
      table({ name, rows: points, columns: [{ label: isNamed ? t('Reason') : t('When'), cell: (point) => own(point.label) }, { label: t('Count'), kind: 'number', cell: (point) => number(point.value) }] }))));
}
