import { css } from 'lit';

export const chatWindowStyles = css`
  :host {
    height: 480px;
  }
  .root {
    position: relative;
    container-type: inline-size;
    display: flex;
    flex-direction: column;
    height: 100%;
    min-height: 0;
    padding-block-end: var(--_keyboard, 0);
    overflow: hidden;
    background: var(--_color-ground);
  }
  .header {
    display: flex;
    flex: none;
    gap: var(--_space-2);
    align-items: center;
    height: 56px;
    padding-inline: var(--_space-4) calc(var(--_space-4) + var(--im-header-inset, 0px));
    border-block-end: 1px solid var(--_color-line);
    background: var(--_color-background);
  }
  im-avatar {
    --im-avatar-size: 36px;
  }
  .title {
    flex: 1;
    min-width: 0;
  }
  h2,
  .line {
    overflow: hidden;
    margin: 0;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h2 {
    font-size: inherit;
    font-weight: 600;
    line-height: 20px;
  }
  .line {
    color: var(--_color-text-soft);
    font-size: 12.5px;
    line-height: 17px;
    font-variant-numeric: tabular-nums;
  }
  .line:empty {
    display: none;
  }
  .typing {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    color: var(--_color-accent-text);
  }
  .dots {
    display: inline-flex;
    gap: 3px;
  }
  .dots i {
    width: 4px;
    height: 4px;
    border-radius: 50%;
    background: currentcolor;
    animation: dot 1.2s infinite ease-in-out;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.2s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.4s;
  }
  @keyframes dot {
    0%,
    60%,
    100% {
      opacity: 0.3;
    }
    30% {
      opacity: 1;
    }
  }
  .middle {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
  }
  im-message-list {
    flex: 1;
    min-height: 0;
  }
  .state {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    gap: var(--_space-2);
    align-items: center;
    justify-content: center;
    padding: var(--_space-6);
    color: var(--_color-text-soft);
    text-align: center;
  }
  .state .icon {
    width: 40px;
    height: 40px;
    stroke-width: 1.25;
  }
  .state .button {
    margin-block-start: var(--_space-2);
  }
`;
