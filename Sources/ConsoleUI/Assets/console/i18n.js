// The page's language: texts, numbers, times. The English text is the key of the others.

const stored = 'parley.language';
const languages = { en: 'English', 'zh-CN': '中文' };

let language = 'en';
let texts = {};
let formats = {};

/** The languages by their codes. */
export { languages };

/** The code of the language in force. */
export const current = () => language;

function preferred() {
  let known = null;
  try { known = localStorage.getItem(stored); } catch { /* Storage may be forbidden. */ }
  if (known in languages) return known;
  return navigator.language?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** Speaks a language from now on; without one, that of the last choice or of the browser. */
export async function speak(code) {
  if (code) {
    try { localStorage.setItem(stored, code); } catch { /* It lasts as long as the page then. */ }
  }
  language = code ?? preferred();
  texts = language === 'en' ? {} : (await import('./zh-CN.js')).texts;
  document.documentElement.lang = language;
  const make = (options) => new Intl.DateTimeFormat(language, options);
  formats = {
    moment: make({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }),
    day: make({ month: 'short', day: 'numeric' }),
    minute: make({ hour: '2-digit', minute: '2-digit' }),
    number: new Intl.NumberFormat(language),
  };
}

/** A text in the language in force, with values in the places of their names in braces. */
export function t(text, values) {
  const found = texts[text] ?? text;
  if (!values) return found;
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? isolated(values[name]) : whole));
}

/** A value in a sentence: what may be written from right to left doesn't turn the sentence round. */
function isolated(value) {
  const text = typeof value === 'number' ? number(value) : String(value);
  return /^[\x20-\x7e]*$/.test(text) ? text : `\u2068${text}\u2069`;
}

/** A number with its groups of digits. */
export const number = (value) => formats.number.format(value);

/** A moment in milliseconds since 1970 as texts: for people, for machines, and in UTC. */
export function moment(milliseconds) {
  const date = new Date(Number(milliseconds));
  if (Number.isNaN(date.getTime())) return null;
  const machine = date.toISOString();
  return { text: formats.moment.format(date), machine, utc: `${machine.slice(0, 19).replace('T', ' ')} UTC` };
}

/** A day, or the minute of a day, for the foot of a chart. */
export const day = (milliseconds) => formats.day.format(new Date(milliseconds));
export const minute = (milliseconds) => formats.minute.format(new Date(milliseconds));

/** A number of bytes in a unit that suits it. */
export function bytes(count) {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = Number(count);
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0 }).format(value)} ${units[unit]}`;
}

/** A span of time in seconds in its two largest units. */
export function span(seconds) {
  const parts = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
  let rest = Math.max(0, Math.round(seconds));
  const words = [];
  for (const [unit, length] of parts) {
    const whole = Math.floor(rest / length);
    rest -= whole * length;
    if (whole > 0 && words.length < 2) {
      words.push(new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(whole));
    }
  }
  return words.join(' ') || new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'short' }).format(0);
}
