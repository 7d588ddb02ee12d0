import { css } from 'lit';

/** The plate that lies over a body's room, and what several bodies put on it. */
export const bodyPlateStyles = css`
  .root {
    display: grid;
    min-width: 0;
    height: 100%;
  }
  .plate {
    min-width: 0;
  }
  /* A name reads as it is written, and stands where the widget begins. */
  .root:dir(ltr) bdi {
    text-align: left;
  }
  .root:dir(rtl) bdi {
    text-align: right;
  }
  .dark {
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    border-radius: 50%;
    background: rgb(0 0 0 / 0.55);
    color: #fff;
  }
  .dark .icon,
  .play .icon {
    fill: currentcolor;
    stroke: none;
  }
  .play {
    display: grid;
    flex: none;
    place-items: center;
    width: 36px;
    height: 36px;
    border-radius: 50%;
    background: var(--_color-accent);
    color: var(--_color-on-accent);
  }
  .play .icon {
    width: 18px;
    height: 18px;
  }
  .retry {
    display: flex;
    flex-direction: column;
    gap: 2px;
    align-items: center;
    justify-content: center;
    color: var(--_color-text-soft);
    font-size: var(--_font-size-small);
    line-height: var(--_font-line-small);
    text-align: center;
  }
  .pill {
    padding: 1px 8px;
    border-radius: 9px;
    background: rgb(0 0 0 / 0.6);
    color: #fff;
    font-size: 11.5px;
    line-height: 16px;
    font-variant-numeric: tabular-nums;
  }
  .upload {
    display: flex;
    gap: 4px;
    align-items: center;
  }
  .ring {
    display: grid;
    flex: none;
    width: 36px;
    height: 36px;
    color: var(--_color-accent-text);
  }
  .ring > * {
    grid-area: 1 / 1;
    place-self: center;
  }
  .ring .circle {
    width: 36px;
    height: 36px;
    fill: none;
    stroke-width: 3;
    transform: rotate(-90deg);
  }
  .ring .whole {
    stroke: color-mix(in oklab, currentcolor 22%, transparent);
  }
  .ring .part {
    stroke: currentcolor;
    stroke-linecap: round;
  }
  .ring button,
  .cancel {
    display: grid;
    place-items: center;
    width: 30px;
    height: 30px;
    border-radius: 50%;
  }
  .ring .icon {
    stroke-width: 2;
  }
  .ring .icon,
  .cancel .icon {
    width: 16px;
    height: 16px;
  }
  .waiting .circle {
    animation: turn 1.2s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(270deg);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .waiting .circle {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .play,
    .dark,
    .pill {
      border: 1px solid ButtonText;
      background: ButtonFace;
      color: ButtonText;
    }
    .ring .part {
      stroke: Highlight;
    }
  }
`;
