import { css } from 'lit';

export const locationStyles = css`
  .place {
    display: flex;
    flex-direction: column;
    gap: var(--_space-3);
    align-items: stretch;
    width: 320px;
    max-width: 100%;
    padding: var(--_space-3);
  }
  .place h2 {
    margin: 0;
    font-size: inherit;
    font-weight: 600;
  }
  .place .item {
    background: var(--_color-accent-soft);
  }
  .place label > span {
    display: block;
    margin-block-end: 2px;
    color: var(--_color-text-soft);
    font-size: var(--_font-size-small);
    line-height: var(--_font-line-small);
  }
  .place input {
    width: 100%;
    height: 40px;
    padding-inline: var(--_space-3);
    border-radius: var(--_radius-medium);
    background: var(--_color-ground);
  }
  .place input::placeholder {
    color: var(--_color-text-faint);
    opacity: 1;
  }
  .place .wrong {
    font-size: var(--_font-size-small);
    line-height: var(--_font-line-small);
  }
  .place .wrong:empty {
    display: none;
  }
  .acts {
    display: flex;
    gap: var(--_space-4);
    align-items: center;
    justify-content: flex-end;
  }
  @media (pointer: coarse) {
    .place input {
      font-size: max(16px, var(--_font-size));
    }
  }
`;
