import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Conversation } from '../../client/api.js';
import type { LocalizeController } from '../../i18n/localize-controller.js';
import type { Albums } from './albums.js';
import type { NameOf } from './names.js';
import type { Day, Row } from './rows.js';

/** What a list's rows are drawn with. */
export type Drawn = {
  /** `idClient` of the one that the keyboard is at, of the one that is being sent, of the one that was looked for. */
  readonly active: string | undefined;
  readonly rising: string | undefined;
  readonly found: string | undefined;
  /** Those that are chosen, while several are being chosen. */
  readonly picked: ReadonlySet<string> | undefined;
  readonly albums: Albums | undefined;
  readonly conversation: Conversation | undefined;
  readonly nameOf: NameOf;
  readonly markdown: boolean;
  /** Changes when a renderer was registered. */
  readonly drawing: number;
  readonly localize: LocalizeController;
  readonly now: () => number;
};

/** A day's messages under its heading. */
export function drawDay({ time, whole, rows }: Day, drawn: Drawn): TemplateResult {
  return html`<section ?data-whole=${whole}>
    <div class="day" part="day"><span class="pill">${drawn.localize.day(time, drawn.now())}</span></div>
    ${repeat(
      rows,
      ({ message }) => message.idClient,
      (row) => drawRow(row, drawn),
    )}
  </section>`;
}

function drawRow(row: Row, drawn: Drawn): TemplateResult {
  const { conversation, nameOf } = drawn;
  const { message, isNew } = row;
  const rises = message.idClient === drawn.rising ? 'rises' : '';
  const line = isNew ? html`<div class="new" part="new">${drawn.localize.t.newMessages}</div>` : nothing;
  const album = drawn.albums?.draw(row, `${rises} row album`, line, conversation, nameOf, (tile) =>
    drawMessage(tile, drawn, true),
  );
  if (album) return album;
  const found = message.idClient === drawn.found ? 'found' : '';
  // No white space between the tags: it would be nodes, and there are many rows.
  return html`<div class="${rises} ${found} row">${line}${drawMessage(row, drawn, false)}</div>`;
}

function drawMessage({ message, run }: Row, drawn: Drawn, tile: boolean): TemplateResult {
  const { conversation, nameOf } = drawn;
  const { idClient, from, seq } = message;
  return html`<im-message
    exportparts="bubble:message-bubble, body:message-body"
    .message=${message}
    .author=${nameOf(from)}
    .avatar=${conversation?.scene === 'p2p' ? conversation.avatar : undefined}
    .named=${conversation?.scene === 'group'}
    .run=${run}
    .read=${seq !== undefined && seq <= (conversation?.peerReadSeq ?? 0)}
    .active=${idClient === drawn.active}
    .picked=${drawn.picked?.has(idClient)}
    .nameOf=${nameOf}
    .markdown=${drawn.markdown}
    .drawing=${drawn.drawing}
    ?tile=${tile}
  ></im-message>`;
}
