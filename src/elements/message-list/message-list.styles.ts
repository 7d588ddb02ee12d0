import { css } from 'lit';

export const messageListStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    min-height: 0;
    background: var(--_color-ground);
  }
  .root {
    position: relative;
    height: 100%;
  }
  .scroller {
    display: flex;
    flex-direction: column;
    height: 100%;
    /* The scroll bar's gutter adds to the end, where there is one. */
    padding-inline: var(--_space-6) var(--_space-4);
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-gutter: stable;
    scrollbar-width: thin;
    scrollbar-color: var(--_color-badge-muted) transparent;
  }
  .scroller:focus-visible {
    outline-offset: -2px;
  }
  .scroller > * {
    flex: none;
  }
  /* Few messages stand at the end, above the composer. */
  .head {
    margin-block-start: auto;
    padding-block-start: var(--_space-3);
    color: var(--_color-text-faint);
    font-size: var(--_font-size-caption);
    line-height: var(--_font-line-caption);
    text-align: center;
  }
  .beginning {
    padding-block: var(--_space-2);
  }
  .day {
    position: relative;
    z-index: 1;
    padding-block: var(--_space-2) 6px;
    text-align: center;
    pointer-events: none;
  }
  /* Only while one scrolls does the day stay in sight; at rest it would cover what one reads. */
  .scrolling .day {
    position: sticky;
    inset-block-start: var(--_space-2);
  }
  .pill {
    display: inline-block;
    padding: var(--_space-1) 10px;
    border-radius: 12px;
    background: color-mix(in oklab, var(--_color-text) 8%, var(--_color-ground));
    color: var(--_color-text-soft);
    font-size: var(--_font-size-caption);
    line-height: var(--_font-line-caption);
    white-space: nowrap;
  }
  .new {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
    padding-block: 10px var(--_space-2);
    color: var(--_color-accent-text);
    font-size: var(--_font-size-caption);
    line-height: var(--_font-line-caption);
    font-weight: 600;
  }
  .new::before,
  .new::after {
    flex: 1;
    height: 1px;
    background: color-mix(in oklab, var(--_color-accent) 35%, transparent);
    content: '';
  }
  .row[data-found] {
    border-radius: var(--_radius-medium);
    background: var(--_color-accent-soft);
  }
  .rises {
    animation: rise var(--_motion);
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  .jump {
    position: absolute;
    inset-block-end: var(--_space-4);
    inset-inline-end: var(--_space-6);
    display: flex;
    gap: 6px;
    align-items: center;
    justify-content: center;
    min-width: 36px;
    height: 36px;
    padding: 0 var(--_space-2);
    border-radius: 18px;
    background: var(--_color-surface);
    box-shadow: var(--_shadow-popup);
    color: var(--_color-accent-text);
    font-size: var(--_font-size-small);
    font-weight: 600;
  }
  .jump.counts {
    padding-inline: 10px 14px;
  }
  .bones {
    display: flex;
    flex-direction: column;
    gap: 10px;
    padding-block: var(--_space-2);
    animation: late 1ms 150ms both;
  }
  .bone {
    width: 46%;
    height: 36px;
    border-radius: var(--_radius-large);
    background: color-mix(in oklab, var(--_color-text) 6%, transparent);
  }
  .bone:nth-child(2) {
    width: 62%;
    height: 58px;
  }
  .bone:nth-child(3n) {
    align-self: flex-end;
    width: 38%;
  }
  @keyframes late {
    from {
      visibility: hidden;
    }
  }
  /* A narrow list has no room to give away. */
  @container (width < 480px) {
    .scroller {
      padding-inline: var(--_space-3) var(--_space-2);
    }
    .row {
      --_message-width: 84%;
    }
    .jump {
      inset-inline-end: var(--_space-3);
    }
  }
  @media (forced-colors: active) {
    .pill,
    .jump {
      border: 1px solid CanvasText;
    }
  }
  .found {
    animation: found 2s ease-out;
  }
  @keyframes found {
    0%,
    60% {
      background: var(--_color-selected);
    }
  }
`;
