import { css } from 'lit';

/** Frame and bubble. Distances are paddings, not margins, so that a row's height is all of what it takes up. */
export const messageStyles = css`
  /* In a host that writes downwards the tree inside would only be as wide as its text. */
  :host {
    writing-mode: horizontal-tb !important;
  }
  .message {
    position: relative;
    display: grid;
    grid-template-columns: 32px minmax(0, var(--_max));
    column-gap: var(--_space-2);
    align-items: end;
    padding-block-start: 2px;
    --_max: var(--im-message-max-width, var(--_message-width, 72%));
  }
  .message.starts {
    padding-block-start: 10px;
  }
  .out {
    grid-template-columns: minmax(0, var(--_max));
    justify-content: end;
  }
  .message:focus-visible {
    outline: none;
  }
  .message:focus-visible .bubble,
  .notice:focus-visible .body {
    outline: 2px solid var(--_color-accent-text);
    outline-offset: 1px;
  }
  im-avatar {
    --im-avatar-size: 32px;
  }
  .bubble {
    grid-column: -2;
    justify-self: start;
    min-inline-size: min(12ch, 100%);
    max-inline-size: 100%;
    padding: 7px var(--_space-3);
    border-radius: var(--_radius-large);
    background: var(--_color-surface);
    box-shadow: 0 1px 1px rgb(16 24 40 / 0.05);
  }
  .out .bubble {
    justify-self: end;
    background: var(--_color-own);
  }
  .in:not(.starts) .bubble {
    border-start-start-radius: 6px;
  }
  .in:not(.ends) .bubble {
    border-end-start-radius: 6px;
  }
  .out:not(.starts) .bubble {
    border-start-end-radius: 6px;
  }
  .out:not(.ends) .bubble {
    border-end-end-radius: 6px;
  }
  .who {
    display: block;
    overflow: hidden;
    color: light-dark(oklch(0.45 0.14 var(--_hue, 258)), oklch(0.8 0.1 var(--_hue, 258)));
    font-size: var(--_font-size-small);
    line-height: var(--_font-line-small);
    font-weight: 600;
    text-align: match-parent;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .body {
    display: flow-root;
  }
  .meta {
    display: flex;
    gap: 3px;
    align-items: center;
    float: inline-end;
    margin-block: 6px -4px;
    margin-inline-start: var(--_space-3);
    color: var(--_color-text-faint);
    font-size: 11.5px;
    line-height: 16px;
    font-variant-numeric: tabular-nums;
    user-select: none;
    -webkit-user-select: none;
  }
  /* It reads as the widget does and stands where the text ends: the gap between them is on its other side then. */
  .body:dir(rtl) .meta:dir(ltr),
  .body:dir(ltr) .meta:dir(rtl) {
    margin-inline: 0 var(--_space-3);
  }
  .body:has(.emoji) .meta {
    margin-block-start: 24px;
  }
  /* A picture reaches to the bubble's edge, and the time lies on it. */
  .bubble:has(.picture) {
    padding: 3px;
  }
  .bubble:has(.picture) .who {
    padding: 4px 9px;
  }
  .body:has(.picture) {
    position: relative;
  }
  .body:has(.caption) .meta {
    margin-inline-end: 9px;
  }
  .body:has(.picture):not(:has(.caption)) .meta {
    position: absolute;
    inset-block-end: 8px;
    inset-inline-end: 8px;
    margin: 0;
    padding: 1px 8px;
    border-radius: 9px;
    z-index: 1;
    background: rgb(0 0 0 / 0.6);
    color: #fff;
  }
  .status {
    display: flex;
  }
  .status .icon {
    width: 15px;
    height: 15px;
    stroke-width: 2;
  }
  .body:not(:has(.picture)) .status.read {
    color: var(--_color-accent-text);
  }
  .status.fail {
    color: var(--_color-danger);
  }
  /* Nothing in it can make the row another size, however late it comes. */
  im-quote {
    display: block;
    block-size: 42px;
    margin-block: 2px 5px;
    contain: size;
  }
  .bubble:has(im-quote) {
    min-inline-size: min(220px, 100%);
  }
  im-reactions {
    grid-column: -2;
    min-block-size: 30px;
  }
  .out im-reactions {
    justify-self: end;
  }
  .choosing {
    padding-inline-start: 36px;
    border-radius: var(--_radius-medium);
    cursor: pointer;
  }
  .choosing:has(:checked) {
    background: var(--_color-hover);
  }
  input {
    position: absolute;
    inset-block-end: 10px;
    inset-inline-start: 8px;
    width: 18px;
    height: 18px;
    accent-color: var(--_color-accent);
  }
  /* A finger that rests on a message asks for its menu. */
  @media (pointer: coarse) {
    .message {
      user-select: none;
      -webkit-user-select: none;
      -webkit-touch-callout: none;
    }
  }
  .failure {
    grid-column: -2;
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    column-gap: var(--_space-3);
    padding: 2px var(--_space-1);
    color: var(--_color-danger);
    font-size: var(--_font-size-caption);
    line-height: 20px;
  }
  .failure button {
    min-block-size: 20px;
  }
  .notice {
    padding: var(--_space-2) var(--_space-4);
    color: var(--_color-text-soft);
    font-size: 12.5px;
    line-height: 18px;
    text-align: center;
  }
  .notice .body {
    display: inline;
    border-radius: var(--_radius-small);
    overflow-wrap: anywhere;
  }
  .notice b {
    color: var(--_color-text);
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .bubble {
      border: 1px solid CanvasText;
    }
  }
`;
