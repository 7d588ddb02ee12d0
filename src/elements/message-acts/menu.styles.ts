import { css } from 'lit';

export const menuStyles = css`
  :host {
    display: contents;
  }
  [role='menu'] {
    position: fixed;
    inset: auto;
    min-width: 208px;
    max-width: calc(100vw - 16px);
    max-height: calc(100vh - 16px);
    max-height: calc(100dvh - 16px);
    margin: 0;
    padding: 6px;
    overflow: hidden auto;
    overscroll-behavior: contain;
    border: 1px solid var(--_color-line);
    border-radius: 12px;
    background: var(--_color-background);
    box-shadow: var(--_shadow-popup);
    color: var(--_color-text);
    user-select: none;
    -webkit-user-select: none;
  }
  [role='menu']:popover-open {
    animation: appear var(--_motion);
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(-4px);
    }
  }
  .quick {
    display: flex;
    gap: 2px;
    justify-content: space-between;
    margin-block-end: 6px;
    padding-block-end: 6px;
    border-block-end: 1px solid var(--_color-line);
  }
  .quick:last-child {
    margin: 0;
    padding: 0;
    border: 0;
  }
  .quick button {
    display: grid;
    flex: none;
    place-items: center;
    width: 36px;
    height: 36px;
    border-radius: var(--_radius-full);
    font-size: 20px;
    line-height: 1;
  }
  .quick [aria-checked='true'] {
    background: var(--_color-accent-soft);
    box-shadow: inset 0 0 0 1px var(--_color-accent-text);
  }
  .act {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
    width: 100%;
    min-height: 34px;
    padding: 0 10px;
    border-radius: var(--_radius-medium);
    font-size: 14px;
    line-height: 20px;
  }
  .act .icon {
    width: 18px;
    height: 18px;
    color: var(--_color-text-soft);
  }
  .turns:dir(rtl) .icon {
    transform: scaleX(-1);
  }
  .label {
    flex: 1;
    white-space: nowrap;
  }
  kbd {
    color: var(--_color-text-faint);
    font-family: inherit;
    font-size: var(--_font-size-caption);
  }
  .danger,
  .danger .icon {
    color: var(--_color-danger);
  }
  button:hover,
  button:focus {
    background: var(--_color-hover);
  }
  button:focus-visible {
    outline-offset: -2px;
  }
  [role='separator'] {
    margin: 6px 10px;
    border-block-start: 1px solid var(--_color-line);
  }
  @media (pointer: coarse) {
    .act {
      min-height: 44px;
    }
    .quick button {
      width: 40px;
      height: 40px;
    }
    kbd {
      display: none;
    }
  }
  @media (forced-colors: active) {
    button:hover,
    button:focus {
      outline: 2px solid Highlight;
    }
  }
`;
