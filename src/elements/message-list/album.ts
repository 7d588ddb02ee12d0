import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Conversation } from '../../client/api.js';
import { hueOf } from '../avatar/initials.js';
import type { RunPlace } from '../message/message.js';
import { albumStyles, tileStyles } from './album.styles.js';
import type { Row } from './rows.js';

/** Pictures that were sent together, as a grid in one frame; each of them stays a message of its own. */
export function albumOf(
  tiles: readonly Row[],
  run: RunPlace,
  classes: string,
  line: unknown,
  conversation: Conversation | undefined,
  author: string,
  draw: (tile: Row) => TemplateResult,
): TemplateResult {
  const { flow, from } = tiles[0]!.message;
  const starts = run === 'single' || run === 'first';
  const ends = run === 'single' || run === 'last';
  const group = conversation?.scene === 'group';
  const grid = `grid ${tiles.length === 3 ? 'three' : `rest-${tiles.length % 3}`}`;
  // prettier-ignore
  return html`<div class=${classes} data-rows=${tiles.length} data-hue=${hueOf(from)}
    >${line}<div class="message ${flow} ${starts ? 'starts' : ''} ${ends ? 'ends' : ''}"
      >${flow === 'in' && ends
        ? html`<im-avatar aria-hidden="true" .account=${from} .name=${author} .src=${group ? undefined : conversation?.avatar}></im-avatar>`
        : nothing
      }<div class="bubble"
        >${group && starts && flow === 'in' ? html`<bdi class="who">${author}</bdi>` : nothing
        }<div class=${grid}>${repeat(tiles, ({ message }) => message.idClient, draw)}</div
      ></div
    ></div
  ></div>`;
}

/** Gives the albums that have been drawn their styles and colours: the list's own do not know of them. */
export function dress(root: ShadowRoot): void {
  adopt(root, albumStyles.styleSheet);
  for (const album of root.querySelectorAll<HTMLElement>('.album')) {
    album.style.setProperty('--_hue', album.dataset['hue']!);
    for (const { shadowRoot } of album.querySelectorAll('im-message')) adopt(shadowRoot, tileStyles.styleSheet);
  }
}

function adopt(root: ShadowRoot | null, sheet: CSSStyleSheet | undefined): void {
  if (root && sheet && !root.adoptedStyleSheets.includes(sheet))
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
