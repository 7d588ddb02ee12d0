import { css } from 'lit';

export const composerStyles = css`
  :host {
    display: block;
  }
  .root {
    border-block-start: 1px solid var(--_color-line);
    background: var(--_color-background);
  }
  [hidden] {
    display: none !important;
  }
  form {
    display: flex;
    gap: 4px;
    align-items: flex-end;
    margin: 0;
    padding: 10px var(--_space-4);
  }
  ::slotted(*) {
    flex: none;
  }
  .attach {
    margin-inline-start: -8px;
  }
  .attach,
  .emoji {
    height: 40px;
  }
  /* The mirror holds the same text and gives the box its height: the field itself is never measured. */
  .box {
    position: relative;
    flex: 1;
    min-width: 0;
    max-height: calc(8 * var(--_font-line) + 18px);
    margin-inline: 2px;
    overflow: hidden;
    border-radius: 20px;
    background: var(--_color-ground);
  }
  .mirror,
  textarea {
    padding: 9px var(--_space-4);
    font-size: var(--_font-size);
    line-height: var(--_font-line);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .mirror {
    min-height: 40px;
    visibility: hidden;
  }
  textarea {
    position: absolute;
    inset: 0;
    /* A border, unlike a padding, hides the line that is half scrolled out. */
    padding-block: 0;
    border-block: 9px solid transparent;
    width: 100%;
    height: 100%;
    overflow: hidden auto;
    resize: none;
    outline: none;
    scrollbar-width: thin;
  }
  textarea::placeholder {
    color: var(--_color-text-faint);
    opacity: 1;
  }
  .box:focus-within {
    outline: 2px solid var(--_color-accent-text);
    outline-offset: -2px;
  }
  .box:not(:has(:focus-visible)) {
    outline: none;
  }
  .send,
  .record {
    display: grid;
    flex: none;
    place-items: center;
    width: 40px;
    height: 40px;
    border-radius: var(--_radius-full);
    background: var(--_color-accent);
    color: var(--_color-on-accent);
    transition: opacity var(--_motion);
  }
  .send:disabled {
    opacity: 0.4;
  }
  .send:dir(rtl) .icon {
    transform: scaleX(-1);
  }
  /* Below 16 px a phone zooms the page when the field gets the keyboard. */
  @media (pointer: coarse) {
    .mirror,
    textarea {
      font-size: max(16px, var(--_font-size));
    }
  }
  @container (width < 480px) {
    form {
      padding-inline: var(--_space-3);
    }
  }
  @media (forced-colors: active) {
    .box,
    .send,
    .record {
      border: 1px solid ButtonText;
    }
  }
`;
