import { css, html, type TemplateResult } from 'lit';
import { ConnectedElement } from '../connected-element.js';
import { SelectionController } from '../controllers/selection-controller.js';

/**
 * Holds the one connection and gives it to every element inside, together with which conversation is open. Has no look of its own.
 *
 * @element im-connection
 * @summary The provider of the connection.
 * @slot - The elements that use the connection, at any depth.
 * @fires im-connection-change - The link's state changed.
 * @fires im-message - Somebody else's message arrived.
 * @fires im-unread-change - The number of unread messages changed.
 * @fires im-send - The server has stored one's own message.
 * @fires im-send-fail - One's own message was refused.
 * @fires im-notify - A message arrived while nobody looks; cancellable, before the system's notification shows.
 * @fires im-conversation-select - A person chose a conversation.
 * @fires im-error - Something went wrong that no promise tells.
 */
export class ImConnection extends ConnectedElement {
  static override styles = [
    ConnectedElement.styles,
    css`
      :host {
        display: contents !important;
      }
      .root {
        display: contents;
      }
    `,
  ];

  protected readonly selection = new SelectionController(this);

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}
