import { css } from 'lit';

/** What several elements have: buttons, icons, the ring that shows focus, text for screen readers only. */
export const controls = css`
  button,
  input,
  textarea {
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 0;
    background: none;
    color: inherit;
    font: inherit;
    letter-spacing: inherit;
    text-align: inherit;
  }
  button {
    cursor: pointer;
  }
  button:disabled {
    cursor: default;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--_color-accent-text);
    outline-offset: 2px;
  }
  .icon {
    display: block;
    flex: none;
    width: 20px;
    height: 20px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon-button {
    display: grid;
    flex: none;
    place-items: center;
    width: 36px;
    height: 36px;
    border-radius: var(--_radius-full);
    color: var(--_color-text-soft);
    transition: background-color var(--_motion);
  }
  .icon-button:hover:enabled {
    background: var(--_color-hover);
    color: var(--_color-text);
  }
  .button {
    min-height: 36px;
    padding: 0 var(--_space-4);
    border-radius: var(--_radius-full);
    background: var(--_color-accent);
    color: var(--_color-on-accent);
    font-weight: 600;
  }
  .link-button {
    color: var(--_color-accent-text);
    font-weight: 600;
  }
  .link-button:hover {
    text-decoration: underline;
  }
  .visually-hidden {
    position: absolute !important;
    width: 1px !important;
    height: 1px !important;
    overflow: hidden !important;
    clip-path: inset(50%) !important;
    white-space: nowrap !important;
  }
  @media (forced-colors: active) {
    .button,
    .icon-button {
      border: 1px solid ButtonText;
    }
    /* Text that is not of the system's button colours gets a plate behind it, in which ours disappears. */
    .button {
      background: ButtonFace;
      color: ButtonText;
    }
  }
`;
