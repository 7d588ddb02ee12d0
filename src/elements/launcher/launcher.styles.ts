import { css } from 'lit';

export const launcherStyles = css`
  :host {
    display: contents !important;
  }
  .root {
    --_edge: var(--im-launcher-offset, 20px);
    position: fixed;
    z-index: var(--im-launcher-z-index, 2147483000);
    inset: 0;
    container-type: size;
    /* A pane over the whole window, to stand on; what lies below it stays reachable. */
    pointer-events: none;
  }
  .button-box,
  .panel {
    position: absolute;
    pointer-events: auto;
    inset-inline-end: var(--_edge);
  }
  .button-box {
    inset-block-end: var(--_edge);
    width: 56px;
    height: 56px;
  }
  .launch {
    display: grid;
    place-items: center;
    width: 100%;
    height: 100%;
    border-radius: var(--_radius-full);
    background: var(--_color-accent);
    box-shadow: var(--_shadow-popup);
    color: var(--_color-on-accent);
    transition: transform var(--_motion);
  }
  .launch:hover {
    transform: scale(1.05);
  }
  .launch .icon {
    width: 26px;
    height: 26px;
  }
  .badge {
    position: absolute;
    inset-block-start: -4px;
    inset-inline-end: -4px;
    min-width: 22px;
    height: 22px;
    padding: 0 6px;
    border-radius: var(--_radius-full);
    outline: 2px solid var(--_color-background);
    background: var(--_color-alert);
    color: var(--_color-on-alert);
    font-size: var(--_font-size-caption);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    line-height: 22px;
    text-align: center;
    direction: ltr;
    pointer-events: none;
  }
  .panel {
    inset-block-end: calc(var(--_edge) + 56px + 12px);
    width: min(var(--im-launcher-width, 400px), 100% - 2 * var(--_edge));
    height: min(var(--im-launcher-height, 640px), 100% - 2 * var(--_edge) - 68px);
    overflow: hidden;
    overscroll-behavior: contain;
    border: 1px solid var(--_color-line);
    border-radius: var(--_radius-large);
    outline: none;
    background: var(--_color-background);
    box-shadow: var(--_shadow-panel);
    animation: rise var(--_motion);
  }
  .panel > .content {
    display: block;
    height: 100%;
  }
  .content > im-messenger,
  .content::slotted(*) {
    height: 100%;
    max-height: none;
  }
  :host([placement$='-start']) :is(.button-box, .panel) {
    inset-inline: var(--_edge) auto;
  }
  :host([placement^='top-']) .button-box {
    inset-block: var(--_edge) auto;
  }
  :host([placement^='top-']) .panel {
    inset-block: calc(var(--_edge) + 56px + 12px) auto;
  }
  .close {
    position: absolute;
    z-index: 2;
    inset-block-start: 10px;
    inset-inline-end: var(--_space-2);
    display: none;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  @container (width <= 480px) or (height <= 480px) {
    .panel,
    :host([placement]) .panel {
      /* The keyboard leaves less than the window's height: the visual viewport says how much. */
      inset: var(--_viewport-top, 0) 0 auto 0;
      width: auto;
      height: var(--_viewport-height, 100%);
      border: 0;
      border-radius: 0;
      --im-header-inset: 40px;
    }
    .close {
      display: grid;
    }
  }
  @media (forced-colors: active) {
    .launch {
      border: 2px solid ButtonText;
    }
    .badge {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
