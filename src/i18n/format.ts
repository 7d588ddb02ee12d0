import type { Translation } from './en.js';

/** Latin digits and the 24-hour clock in every language: times and counts align, and no line needs room for "PM". */
const common = { numberingSystem: 'latn' } as const;
const styles = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  weekday: { weekday: 'short' },
  longWeekday: { weekday: 'long' },
  date: { day: 'numeric', month: 'short' },
  longDate: { day: 'numeric', month: 'long' },
  dateYear: { day: 'numeric', month: 'numeric', year: 'numeric' },
  longDateYear: { day: 'numeric', month: 'long', year: 'numeric' },
  full: { dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

/** The last time a `Date` can hold: the wire allows later ones, and a formatter would throw. */
const latest = 8.64e15;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes a hundred times longer than using it. */
function format(tag: string, style: keyof typeof styles, ms: number): string {
  const key = `${tag} ${style}`;
  let formatter = formats.get(key);
  if (!formatter) formats.set(key, (formatter = new Intl.DateTimeFormat(tag, { ...common, ...styles[style] })));
  return formatter.format(Math.min(ms, latest));
}

/** `14:32` */
export function formatTime(tag: string, ms: number): string {
  return format(tag, 'time', ms);
}

/** Date and time in full, for a tooltip. */
export function formatFull(tag: string, ms: number): string {
  return format(tag, 'full', ms);
}

/** As a list shows it: `14:32` today, "Yesterday", the weekday within a week, then the date. */
export function formatListTime(tag: string, t: Translation, ms: number, now: number): string {
  const days = daysBetween(ms, now);
  if (days <= 0) return format(tag, 'time', ms);
  if (days === 1) return t.yesterday;
  if (days < 7) return format(tag, 'weekday', ms);
  return format(tag, sameYear(ms, now) ? 'date' : 'dateYear', ms);
}

/** A day's heading: "Today", "Yesterday", the weekday within a week, then the date. */
export function formatDay(tag: string, t: Translation, ms: number, now: number): string {
  const days = daysBetween(ms, now);
  if (days <= 0) return t.today;
  if (days === 1) return t.yesterday;
  if (days < 7) return format(tag, 'longWeekday', ms);
  return format(tag, sameYear(ms, now) ? 'longDate' : 'longDateYear', ms);
}

/** When the local day after `ms` begins: until then nothing said relative to it changes. */
export function nextMidnight(ms: number): number {
  const date = new Date(ms);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}

/** Local calendar days from `ms` to `now`; a day of 23 or 25 hours is one. */
function daysBetween(ms: number, now: number): number {
  const from = new Date(ms);
  const to = new Date(now);
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

function midnight(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

function sameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear();
}
