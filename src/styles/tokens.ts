import { css, unsafeCSS } from 'lit';

/**
 * Every token is read as `--_x`, which is the page's `--im-x` where it set one and a default otherwise. The public names are never
 * declared here: a declaration at a nested element's `:host` would hide what the page set further out.
 */

/** Relative luminance (WCAG 2) of the origin colour, inside `color(from … srgb-linear …)`. */
const y = '(0.2126 * r + 0.7152 * g + 0.0722 * b)';
const fromAccent = (channel: (name: 'r' | 'g' | 'b') => string): string =>
  `color(from var(--_color-accent) srgb-linear calc(${channel('r')}) calc(${channel('g')}) calc(${channel('b')}))`;

/** The accent's colour, darkened just so far that its luminance is `limit`; darker accents stay as they are. */
const atMost = (limit: number): string => fromAccent((name) => `${name} * min(1, ${limit} / max(0.0001, ${y}))`);
/** The accent's colour, mixed with white just so far that its luminance is `limit`; brighter accents stay as they are. */
const atLeast = (limit: number): string =>
  fromAccent((name) => `${name} + (1 - ${name}) * max(0, (${limit} - ${y}) / (1.0001 - ${y}))`);
/** Black or white, whichever stands out more: 0.179 is the luminance at which both have a contrast of 4.58 : 1. */
const blackOrWhite = fromAccent(() => `clamp(0, (0.179 - ${y}) * 100000, 1)`);
/** A ground with the accent's hue and a lightness of its own, so that no accent can make text on it unreadable. */
const tint = (lightness: number, chroma: number, most: number): string =>
  `oklch(from var(--_color-accent) ${lightness} min(calc(c * ${chroma}), ${most}) h)`;

const colors = {
  accent: 'oklch(0.56 0.17 258)',
  'on-accent': blackOrWhite,
  'accent-text': `light-dark(${atMost(0.13)}, ${atLeast(0.36)})`,
  'accent-soft': 'color-mix(in oklab, var(--_color-accent) 12%, transparent)',
  ground: 'light-dark(oklch(0.973 0.004 258), oklch(0.178 0.006 262))',
  background: 'light-dark(oklch(1 0 0), oklch(0.208 0.008 262))',
  surface: 'light-dark(oklch(1 0 0), oklch(0.264 0.011 262))',
  own: `light-dark(${tint(0.936, 0.16, 0.03)}, ${tint(0.282, 0.2, 0.035)})`,
  selected: `light-dark(${tint(0.95, 0.13, 0.025)}, ${tint(0.266, 0.17, 0.03)})`,
  pinned: 'color-mix(in oklab, var(--_color-text) 3%, transparent)',
  hover: 'color-mix(in oklab, var(--_color-text) 5%, transparent)',
  line: 'light-dark(oklch(0.926 0.008 258), oklch(0.299 0.011 262))',
  text: 'light-dark(oklch(0.21 0.016 260), oklch(0.942 0.005 262))',
  'text-soft': 'light-dark(oklch(0.48 0.026 260), oklch(0.735 0.02 262))',
  'text-faint': 'light-dark(oklch(0.505 0.024 260), oklch(0.705 0.018 262))',
  danger: 'light-dark(oklch(0.5 0.19 25), oklch(0.76 0.13 25))',
  alert: 'light-dark(oklch(0.55 0.2 25), oklch(0.57 0.19 25))',
  'on-alert': 'oklch(1 0 0)',
  online: 'light-dark(oklch(0.62 0.17 150), oklch(0.72 0.17 150))',
  badge: 'var(--_color-accent)',
  'on-badge': 'var(--_color-on-accent)',
  'badge-muted': 'light-dark(oklch(0.54 0.022 260), oklch(0.45 0.02 260))',
  'on-badge-muted': 'oklch(1 0 0)',
} as const;

const measures = {
  'font-size': '15px',
  'font-line': '22px',
  'font-size-small': '13px',
  'font-line-small': '18px',
  'font-size-caption': '12px',
  'font-line-caption': '16px',
  'space-1': '4px',
  'space-2': '8px',
  'space-3': '12px',
  'space-4': '16px',
  'space-6': '24px',
  'radius-small': '4px',
  'radius-medium': '8px',
  'radius-large': '16px',
  'radius-full': '9999px',
  'shadow-panel': '0 1px 2px rgb(16 24 40 / 0.06), 0 12px 40px rgb(16 24 40 / 0.18)',
  'shadow-popup': '0 4px 16px rgb(16 24 40 / 0.18)',
  motion: '160ms ease-out',
} as const;

const declare = (prefix: string, tokens: Readonly<Record<string, string>>): string =>
  Object.entries(tokens)
    .map(([name, value]) => `--_${prefix}${name}: var(--im-${prefix}${name}, ${value});`)
    .join('');

/** What every element draws with: colours, type, space, radii, shadows. */
export const tokens = css`
  :host {
    ${unsafeCSS(declare('color-', colors))}
    ${unsafeCSS(declare('', measures))}
    color-scheme: var(--_scheme, light dark) !important;
  }
  :host([theme='light']) {
    --_scheme: light;
  }
  :host([theme='dark']) {
    --_scheme: dark;
  }
  :host([theme='auto']) {
    --_scheme: light dark;
  }
  @media (forced-colors: active) {
    :host {
      --_color-accent: Highlight;
      --_color-on-accent: HighlightText;
      --_color-accent-text: LinkText;
      --_color-accent-soft: Canvas;
      --_color-own: Canvas;
      --_color-selected: Highlight;
      --_color-pinned: Canvas;
      --_color-hover: Canvas;
      --_color-line: CanvasText;
      --_color-text-soft: CanvasText;
      --_color-text-faint: CanvasText;
      --_color-badge-muted: GrayText;
    }
  }
`;
