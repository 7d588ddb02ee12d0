import { css } from 'lit';

/** What floats over the list or the window: its ground, its edge. */
export const popup = css`
  .popup {
    border: 1px solid var(--_color-line);
    border-radius: 12px;
    background: var(--_color-background);
    box-shadow: var(--_shadow-popup);
    color: var(--_color-text);
  }
  .panel-header {
    display: flex;
    flex: none;
    gap: var(--_space-2);
    align-items: center;
    min-height: 48px;
    padding-inline: var(--_space-4) var(--_space-2);
  }
  .panel-header h3 {
    flex: 1;
    margin: 0;
    font-size: inherit;
    font-weight: 600;
  }
  .quiet {
    color: var(--_color-text-soft);
    font-size: var(--_font-size-small);
    line-height: var(--_font-line-small);
  }
  .danger {
    color: var(--_color-danger);
  }
  mark {
    border-radius: 3px;
    background: color-mix(in oklab, var(--_color-accent) 28%, transparent);
    color: var(--_color-text);
  }
`;
