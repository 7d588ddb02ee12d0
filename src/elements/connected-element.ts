import { property } from 'lit/decorators.js';
import type { ChatClientApi } from '../client/api.js';
import type { ChatClientOptions, GetToken } from '../client/options.js';
import { ImElement } from './base.js';
import type { Translation } from '../i18n/en.js';
import { ConnectionController, type ConnectionAttributes } from './controllers/connection-controller.js';
import { ImEvent } from './events.js';

/** An element that can hold a connection of its own: who is signed in, and where. */
export abstract class ConnectedElement extends ImElement implements ConnectionAttributes {
  /**
   * Base URL of the server. Default: where the script came from. Changing it disconnects first; a token, or where it comes from, is not
   * used with another host by itself.
   */
  @property() server: string | undefined;
  /** Who is signed in. Changing it signs the old one out: nothing of theirs stays on screen. */
  @property() account: string | undefined;
  /** A token, when the page already has one. */
  @property() token: string | undefined;
  /** Where to POST `{account}` for `{token, expiresIn}`; asked again before expiry. */
  @property({ attribute: 'token-url' }) tokenUrl: string | undefined;
  /** Gives a token; throwing `UnauthorizedError` ends the connection, any other error is retried. */
  @property({ attribute: false }) getToken: GetToken | undefined;
  /** `indexeddb`, or `memory`, which keeps nothing beyond the page. */
  @property({ useDefault: true }) cache: 'indexeddb' | 'memory' = 'indexeddb';

  /** Puts the number of unread messages before the page's title, and on the icon of an installed page. Read when the connection is made. */
  @property({ type: Boolean, attribute: 'title-badge' }) titleBadge = false;
  /** `off`: no sound for a message that nobody looks at, whatever the person has set. */
  @property({ useDefault: true }) sound: 'on' | 'off' = 'on';
  /** Where pictures of maps are, `https://…/{z}/{x}/{y}.png`; without it a place is drawn, and nobody is asked for anything. */
  @property({ attribute: 'map-tiles', reflect: true }) mapTiles: string | undefined;

  protected readonly connection = new ConnectionController(this, (options) => this.makeClient(options));

  /**
   * The headless client, everything that a screen does; `undefined` while nobody is signed in and while its code is being loaded
   * (the first `im-connection-change` says that it is there). A page that made a client itself may set it: the element then makes
   * none, and closes none.
   */
  get client(): ChatClientApi | undefined {
    return this.connection.client;
  }
  set client(client: ChatClientApi | undefined) {
    this.connection.lend(client, true);
  }

  /** @internal */
  get translation(): Translation {
    return this.localize.t;
  }

  /** @internal A person chose it by its notification. */
  openConversation(conversationId: string): void {
    this.dispatchEvent(new ImEvent('im-conversation-select', { conversationId }));
  }

  /**
   * The one place where a client is made; a test puts its own there. Its code is not needed for the first paint, and comes as a
   * file of its own that a browser keeps for ever.
   */
  protected async makeClient(options: ChatClientOptions): Promise<ChatClientApi> {
    const { ChatClient } = await import('../client/chat-client.js');
    return new ChatClient(options);
  }
}
