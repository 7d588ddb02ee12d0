import { html, nothing, svg, type TemplateResult } from 'lit';
import type { ChatClientApi } from '../../client/api.js';
import type { mediaTexts } from '../../i18n/media-texts.js';
import type { Message, Upload } from '../../protocol/message.js';
import { iconClose } from '../../styles/icons.js';
import { iconPause, iconRetry, iconUpload } from '../../styles/media-icons.js';

type Words = ReturnType<typeof mediaTexts>;

/** Per cent of a file that has been sent. */
function percentOf({ sent, total }: Upload): number {
  return total > 0 ? Math.min(100, Math.floor((sent / total) * 100)) : 0;
}

/** What an upload is called. */
export function uploadWords({ state }: Upload, words: Words): string {
  if (state === 'waiting') return words.uploadWaiting;
  if (state === 'paused') return words.uploadPaused;
  return state === 'failed' ? words.uploadFailed : words.uploading;
}

/** A ring that fills as one's file is sent, with what holds it back, goes on with it, and gives it up. */
export function uploadRing(
  { idClient, upload }: Message,
  client: ChatClientApi | undefined,
  words: Words,
  tab: 0 | -1,
): TemplateResult | typeof nothing {
  if (!upload) return nothing;
  const percent = percentOf(upload);
  const runs = upload.state === 'uploading' || upload.state === 'waiting';
  const act = (event: Event): void => {
    event.stopPropagation();
    if (runs) client?.pauseUpload(idClient);
    else client?.resumeUpload(idClient);
  };
  const cancel = (event: Event): void => {
    event.stopPropagation();
    client?.discard(idClient).catch((error: unknown) => reportError(error));
  };
  const icon = runs ? iconPause : upload.state === 'failed' ? iconRetry : iconUpload;
  return html`<div class="upload ${upload.state}">
    <div class="ring">
      <div
        role="progressbar"
        aria-label=${uploadWords(upload, words)}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${percent}
      >
        <svg class="circle" viewBox="0 0 36 36" aria-hidden="true">
          ${circles(upload.state === 'waiting' ? 8 : percent)}
        </svg>
      </div>
      <button type="button" tabindex=${tab} aria-label=${runs ? words.pauseUpload : words.resumeUpload} @click=${act}>
        ${icon}
      </button>
    </div>
    <button class="cancel" type="button" tabindex=${tab} aria-label=${words.cancelUpload} @click=${cancel}>
      ${iconClose}
    </button>
  </div>`;
}

function circles(percent: number): TemplateResult<2> {
  return svg`<circle class="whole" cx="18" cy="18" r="16.5" /><circle
    class="part" cx="18" cy="18" r="16.5" pathLength="100" stroke-dasharray=${`${percent} 100`} />`;
}
