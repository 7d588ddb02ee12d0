import { css } from 'lit';

export const recorderStyles = css`
  .root {
    padding: 10px var(--_space-4);
  }
  .row {
    display: flex;
    gap: var(--_space-1);
    align-items: center;
    min-height: 40px;
  }
  .row > .icon-button:first-child {
    margin-inline-start: -8px;
  }
  .state {
    flex: none;
    color: var(--_color-text-soft);
  }
  .state.recording {
    color: var(--_color-danger);
    animation: pulse 1.2s infinite ease-in-out;
  }
  @keyframes pulse {
    50% {
      opacity: 0.4;
    }
  }
  .wave {
    flex: 1;
    min-width: 0;
    height: 32px;
    margin-inline: var(--_space-2);
    color: var(--_color-text-soft);
  }
  span.wave {
    line-height: 32px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  svg.wave:dir(rtl) {
    transform: scaleX(-1);
  }
  .wave rect {
    fill: color-mix(in oklab, var(--_color-accent) 35%, transparent);
  }
  .wave rect.bright {
    fill: var(--_color-accent-text);
  }
  .time {
    flex: none;
    min-width: 36px;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .left {
    color: var(--_color-danger);
    font-size: var(--_font-size-caption);
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .send {
    display: grid;
    flex: none;
    place-items: center;
    width: 40px;
    height: 40px;
    margin-inline-start: var(--_space-1);
    border-radius: var(--_radius-full);
    background: var(--_color-accent);
    color: var(--_color-on-accent);
  }
  .send:disabled {
    opacity: 0.4;
  }
  .send:dir(rtl) .icon {
    transform: scaleX(-1);
  }
  @media (forced-colors: active) {
    .send {
      border: 1px solid ButtonText;
    }
  }
`;
