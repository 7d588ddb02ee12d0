import { css } from 'lit';

/** The quiet line that says what is not as it should be: that one is offline, that nothing is kept. */
export const quietLine = css`
  .quiet-line {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 0 var(--_space-2);
    align-items: center;
    padding: 6px var(--_space-4);
    background: var(--_color-ground);
    color: var(--_color-text-soft);
    font-size: var(--_font-size-small);
    line-height: var(--_font-line-small);
    font-variant-numeric: tabular-nums;
  }
  .quiet-line > [role='status'] {
    display: flex;
    gap: var(--_space-2);
    align-items: center;
  }
  .quiet-line .icon {
    width: 16px;
    height: 16px;
  }
`;
