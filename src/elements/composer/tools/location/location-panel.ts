import { html, nothing, type TemplateResult } from 'lit';
import type { ComposerTexts } from '../../../../i18n/composer/en.js';
import type { MessageDraft } from '../../../../protocol/message.js';
import { iconLocate } from '../icons.js';
import type { ComposerTools, Panel } from '../tools.js';
import { locationStyles } from './location.styles.js';
import { parsePlace, type Place } from './parse-place.js';

/** How long a position may take, ms. */
const patience = 20_000;

type Words = 'positionDenied' | 'positionFailed' | 'notAPlace';

/** A place to send: one's own position, asked for when the button is pressed, or one that is typed or pasted. */
export class LocationPanel implements Panel {
  readonly #tools: ComposerTools;
  #title = '';
  #where = '';
  #wrong: Words | undefined;
  #locating = false;

  constructor(tools: ComposerTools) {
    this.#tools = tools;
    const root = tools.host.shadowRoot!;
    const sheet = locationStyles.styleSheet!;
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }

  label(t: ComposerTexts): string {
    return t.locationTitle;
  }

  opened(popup: HTMLElement): void {
    popup.querySelector<HTMLElement>('.locate, input')?.focus();
  }

  render(t: ComposerTexts): TemplateResult {
    return html`<form class="place" novalidate @submit=${this.#onSubmit}>
      <h2>${t.locationTitle}</h2>
      ${
        'geolocation' in navigator
          ? html`<button class="item locate" type="button" ?disabled=${this.#locating} @click=${this.#locate}>
              ${iconLocate}<span>${this.#locating ? t.locating : t.usePosition}</span>
            </button>`
          : nothing
      }
      <label>
        <span>${t.placeName}</span>
        <input
          name="title"
          dir="auto"
          maxlength="256"
          autocomplete="off"
          .value=${this.#title}
          @input=${(event: Event) => (this.#title = (event.target as HTMLInputElement).value)}
        />
      </label>
      <label>
        <span>${t.coordinates}</span>
        <input
          name="where"
          dir="ltr"
          required
          autocomplete="off"
          placeholder="48.8584, 2.2945"
          aria-invalid=${this.#wrong === 'notAPlace' ? 'true' : nothing}
          aria-describedby="no-place"
          .value=${this.#where}
          @input=${this.#onWhere}
        />
      </label>
      <div id="no-place" class="wrong" role="alert">${this.#wrong && t[this.#wrong]}</div>
      <div class="acts">
        <button class="link-button" type="button" @click=${() => this.#tools.panel.close(true)}>${t.cancel}</button>
        <button class="button" type="submit">${t.sendLocation}</button>
      </div>
    </form>`;
  }

  readonly #onWhere = (event: Event): void => {
    this.#where = (event.target as HTMLInputElement).value;
    this.#wrong = undefined;
    const place = parsePlace(this.#where);
    // A link carries more than anybody wants to read.
    if (place && /^(geo|https?):/i.test(this.#where.trim())) this.#take(place);
    this.#tools.host.requestUpdate();
  };

  readonly #locate = (): void => {
    this.#locating = true;
    this.#wrong = undefined;
    this.#tools.host.requestUpdate();
    const settle = (place: Place | undefined, wrong?: Words): void => {
      this.#locating = false;
      this.#wrong = wrong;
      if (place) this.#take(place);
      this.#tools.host.requestUpdate();
    };
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => settle({ latitude, longitude, title: this.#tools.t.myPosition }),
      ({ code, PERMISSION_DENIED }) =>
        settle(undefined, code === PERMISSION_DENIED ? 'positionDenied' : 'positionFailed'),
      { enableHighAccuracy: true, timeout: patience },
    );
  };

  /** Shows a place in the fields; six digits are ten centimetres. */
  #take({ latitude, longitude, title }: Place): void {
    this.#where = [latitude, longitude].map((each) => Number(each.toFixed(6))).join(', ');
    this.#title ||= title ?? '';
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
    const place = parsePlace(this.#where);
    if (place) return void this.#send(place);
    this.#wrong = 'notAPlace';
    this.#tools.host.requestUpdate();
    this.#tools.host.shadowRoot!.querySelector<HTMLElement>('input[name=where]')?.focus();
  };

  async #send({ latitude, longitude }: Place): Promise<void> {
    const { host, reply, panel } = this.#tools;
    const { current, client } = host;
    if (current === undefined || !client) return;
    const location = { title: this.#title.trim(), latitude, longitude };
    const quote = reply.take();
    const draft: MessageDraft = { type: 'location', location, ...quote.draft };
    const message = host.ask(draft);
    if (!message) return quote.putBack();
    panel.close(true);
    try {
      await client.send(current, message);
    } catch (error) {
      quote.putBack();
      this.#tools.fail(error);
    }
  }
}
