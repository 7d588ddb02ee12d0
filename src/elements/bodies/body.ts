import { html, type CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';
import type { ChatClientApi } from '../../client/api.js';
import { en } from '../../i18n/en.js';
import { mediaTexts } from '../../i18n/media-texts.js';
import type { Message } from '../../protocol/message.js';
import { renderPreview } from '../../renderers/registry.js';
import type { RenderContext } from '../../renderers/renderer.js';
import { ImElement } from '../base.js';
import { bodyPlateStyles } from './body.styles.js';

const nowhere: RenderContext = { html, t: en, active: false, nameOf: (account) => account };

/**
 * What the bodies of a message have in common. Each draws over the room that its renderer has put into it, so that it is as large before
 * as after anything was loaded.
 */
export abstract class ImBody extends ImElement {
  static override styles: CSSResultGroup = [ImElement.styles, bodyPlateStyles];

  @property({ attribute: false }) message: Message | undefined;
  @property({ attribute: false }) context: RenderContext = nowhere;

  protected get client(): ChatClientApi | undefined {
    return this.context.client;
  }

  protected get words(): ReturnType<typeof mediaTexts> {
    return mediaTexts(this.localize.tag);
  }

  /** Only where the keyboard is are there tab stops. */
  protected get tab(): 0 | -1 {
    return this.context.active ? 0 : -1;
  }

  /** The alternative text. */
  protected get spoken(): string {
    return this.message ? renderPreview(this.message, this.context) : '';
  }
}
