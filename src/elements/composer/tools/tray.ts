import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ComposerTexts } from '../../../i18n/composer/en.js';
import { iconClose } from '../../../styles/icons.js';
import type { Attachment, Attachments } from './attachments.js';
import { clock } from './clock.js';
import { formatSize } from './format-size.js';
import { iconFile, iconFilm, iconMusic, iconPhoto, iconPlus } from './icons.js';

/** What goes out with the next message, above the field. */
export function trayTemplate(attachments: Attachments, t: ComposerTexts): TemplateResult | typeof nothing {
  const { list, tools } = attachments;
  if (list.length === 0 || tools.host.editing) return nothing;
  return html`<div class="tray" part="attachments" role="group" aria-label=${t.attachments(list.length)}>
    <ul>
      ${repeat(
        list,
        ({ id }) => id,
        (attachment) => html`<li>${tile(attachment, attachments, t)}</li>`,
      )}
    </ul>
    <button class="icon-button" type="button" aria-label=${t.addMore} title=${t.addMore} @click=${() => tools.pick()}>
      ${iconPlus}
    </button>
  </div>`;
}

function tile(attachment: Attachment, attachments: Attachments, t: ComposerTexts): TemplateResult {
  const { media, asFile, name, file } = attachment;
  const { host } = attachments.tools;
  const kinds = new Map([
    ['image', iconPhoto],
    ['video', iconFilm],
    ['audio', iconMusic],
  ]);
  const remove = t.removeAttachment(name);
  const preview = !asFile && media?.preview;
  return html`
    <div class="tile ${preview ? 'picture' : ''} ${media ? '' : 'reading'}">
      ${preview || (!asFile && kinds.get(media?.type ?? '')) || iconFile}
      ${media?.duration === undefined || asFile ? nothing : html`<span class="duration">${clock(media.duration)}</span>`}
    </div>
    ${
      preview
        ? html`<span class="visually-hidden">${name}</span>`
        : html`<div class="about">
            <span class="name" dir="auto">${name}</span>
            <span class="size">${formatSize(host.words.tag, file.size)}</span>
          </div>`
    }
    ${
      media && media.type !== 'file'
        ? html`<button
            class="how"
            type="button"
            aria-label="${t.sendAs(name)}: ${asFile ? t.asFile : t.asMedia}"
            title=${asFile ? t.asFile : t.asMedia}
            @click=${() => attachments.toggle(attachment)}
          >
            ${asFile ? iconFile : iconPhoto}
          </button>`
        : nothing
    }
    <button
      class="remove"
      type="button"
      aria-label=${remove}
      title=${remove}
      @click=${() => {
        attachments.remove(attachment);
        host.focus();
      }}
    >
      ${iconClose}
    </button>
  `;
}
