import { css } from 'lit';

export const avatarStyles = css`
  :host {
    --_size: var(--im-avatar-size, 44px);
    display: inline-block;
    flex: none;
    vertical-align: middle;
  }
  .root {
    position: relative;
    width: var(--_size);
    height: var(--_size);
    line-height: 1;
  }
  .face {
    display: grid;
    place-items: center;
    width: 100%;
    height: 100%;
    overflow: hidden;
    border-radius: var(--_radius-full);
    background: oklch(0.54 0.12 var(--_hue, 258));
    color: oklch(1 0 0);
    font-size: calc(var(--_size) * 0.37);
    font-weight: 600;
    white-space: nowrap;
    user-select: none;
    -webkit-user-select: none;
  }
  img {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .dot {
    position: absolute;
    inset-block-end: 0;
    inset-inline-end: 0;
    width: max(8px, calc(var(--_size) * 0.36));
    height: max(8px, calc(var(--_size) * 0.36));
    border: 2px solid var(--im-avatar-ring, var(--_color-background));
    border-radius: var(--_radius-full);
    background: var(--_color-online);
  }
  @media (forced-colors: active) {
    .face {
      border: 1px solid CanvasText;
    }
    .dot {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
