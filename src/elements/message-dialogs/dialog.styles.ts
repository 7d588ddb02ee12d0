import { css } from 'lit';

export const dialogStyles = css`
  :host {
    display: contents;
  }
  dialog {
    width: min(400px, calc(100vw - 24px));
    max-width: none;
    max-height: min(640px, calc(100vh - 24px));
    max-height: min(640px, calc(100dvh - 24px));
    margin: auto;
    padding: 0;
    overflow: hidden;
    border: 1px solid var(--_color-line);
    border-radius: var(--_radius-large);
    background: var(--_color-background);
    box-shadow: var(--_shadow-panel);
    color: var(--_color-text);
  }
  dialog[open] {
    display: flex;
    animation: appear var(--_motion);
  }
  dialog::backdrop {
    background: rgb(16 24 40 / 0.4);
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  form {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  header {
    display: flex;
    flex: none;
    gap: var(--_space-2);
    align-items: center;
    padding: var(--_space-3) var(--_space-3) var(--_space-2) var(--_space-4);
    padding-inline: var(--_space-4) var(--_space-3);
  }
  h2 {
    flex: 1;
    margin: 0;
    font-size: 16px;
    font-weight: 600;
    line-height: 24px;
  }
  .content {
    flex: 1;
    min-height: 0;
    padding-inline: var(--_space-4);
    overflow: hidden auto;
  }
  p {
    margin: 0 0 var(--_space-3);
    color: var(--_color-text-soft);
    font-size: var(--_font-size-small);
    line-height: var(--_font-line-small);
  }
  .wrong {
    flex: none;
    margin: var(--_space-2) var(--_space-4) 0;
    color: var(--_color-danger);
  }
  .wrong:empty {
    display: none;
  }
  footer {
    display: flex;
    flex: none;
    gap: var(--_space-2);
    align-items: center;
    justify-content: flex-end;
    padding: var(--_space-3) var(--_space-4) var(--_space-4);
  }
  .content:last-of-type {
    padding-block-end: var(--_space-1);
  }
  .plain {
    min-height: 36px;
    padding: 0 var(--_space-3);
    border-radius: var(--_radius-full);
    font-weight: 600;
  }
  .plain:hover {
    background: var(--_color-hover);
  }
  .button.danger {
    background: var(--_color-alert);
    color: var(--_color-on-alert);
  }
  .button:disabled {
    opacity: 0.5;
  }
  .field {
    width: 100%;
    min-height: 40px;
    padding: 8px var(--_space-3);
    border: 1px solid var(--_color-line);
    border-radius: var(--_radius-medium);
    background: var(--_color-ground);
    /* Below this a phone zooms in. */
    font-size: 16px;
    line-height: 22px;
  }
  .field::placeholder {
    color: var(--_color-text-faint);
    opacity: 1;
  }
  textarea.field {
    display: block;
    resize: none;
    field-sizing: content;
    max-height: 94px;
  }
  label.choice {
    display: flex;
    gap: var(--_space-3);
    align-items: center;
    min-height: 40px;
    padding: 2px var(--_space-2);
    border-radius: var(--_radius-medium);
    cursor: pointer;
  }
  label.choice:hover {
    background: var(--_color-hover);
  }
  label.choice:has(:focus-visible) {
    outline: 2px solid var(--_color-accent-text);
    outline-offset: -2px;
  }
  label.choice:has(:disabled) {
    cursor: default;
    opacity: 0.5;
  }
  input[type='radio'],
  input[type='checkbox'] {
    flex: none;
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--_color-accent);
  }
  input[type='radio']:focus-visible,
  input[type='checkbox']:focus-visible {
    outline: none;
  }
  fieldset {
    margin: 0 0 var(--_space-2);
    padding: 0;
    border: 0;
  }
`;
