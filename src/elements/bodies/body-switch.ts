import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Message } from '../../protocol/message.js';
import { customContent } from '../../renderers/custom-content.js';
import type { RenderContext } from '../../renderers/renderer.js';

/** Lays the body of a message's type over the room that its renderer has put into this. */
export class ImBodySwitch extends LitElement {
  static override styles = css`
    ::slotted(*),
    * {
      grid-area: 1 / 1;
      min-width: 0;
    }
  `;

  @property({ attribute: false }) message: Message | undefined;
  @property({ attribute: false }) context: RenderContext | undefined;

  protected override render(): TemplateResult {
    return html`<slot></slot>${this.body()}`;
  }

  private body(): TemplateResult | undefined {
    const { message, context } = this;
    if (!message || !context) return undefined;
    switch (message.type === 'custom' ? customContent(message).kind : message.type) {
      case 'image':
        return html`<im-image-body .message=${message} .context=${context}></im-image-body>`;
      case 'video':
        return html`<im-video-body .message=${message} .context=${context}></im-video-body>`;
      case 'audio':
        return html`<im-audio-body .message=${message} .context=${context}></im-audio-body>`;
      case 'file':
        return html`<im-file-body .message=${message} .context=${context}></im-file-body>`;
      case 'location':
        return html`<im-place-body .message=${message} .context=${context}></im-place-body>`;
      case 'merged':
        return html`<im-merged-body .message=${message} .context=${context}></im-merged-body>`;
      case 'card':
        return html`<im-card-body .message=${message} .context=${context}></im-card-body>`;
      default:
        return html`<im-red-packet-body .message=${message} .context=${context}></im-red-packet-body>`;
    }
  }
}
