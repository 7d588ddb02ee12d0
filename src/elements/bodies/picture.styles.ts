import { css } from 'lit';

/** A picture or a film over its room. */
export const pictureStyles = css`
  .root {
    height: 100%;
    overflow: hidden;
    border-radius: var(--_picture-radius, 13px);
    background: color-mix(in oklab, var(--_color-text) 8%, var(--_color-surface));
  }
  .plate {
    position: relative;
  }
  .picture,
  video {
    position: absolute;
    inset: 0;
    display: block;
    width: 100%;
    height: 100%;
  }
  video {
    background: #000;
    object-fit: contain;
  }
  .picture:focus-visible {
    outline-offset: -3px;
    border-radius: inherit;
  }
  img {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: cover;
    opacity: 0;
    transition: opacity var(--_motion);
  }
  .loaded img {
    opacity: 1;
  }
  /* Something has to be seen of a slow one. */
  .picture:not(.loaded)::before {
    position: absolute;
    inset: 0;
    background: linear-gradient(
      100deg,
      transparent 30%,
      color-mix(in oklab, var(--_color-text) 7%, transparent) 50%,
      transparent 70%
    );
    content: '';
    animation: sheen 1.6s 150ms linear infinite backwards;
  }
  @keyframes sheen {
    from {
      transform: translateX(-100%);
    }
    to {
      transform: translateX(100%);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .picture:not(.loaded)::before {
      display: none;
    }
  }
  .over {
    position: absolute;
    inset: 0;
    width: 100%;
    background: color-mix(in oklab, var(--_color-text) 8%, var(--_color-surface));
  }
  .centre {
    position: absolute;
    inset: 0;
    margin: auto;
  }
  .still {
    pointer-events: none;
  }
  .veil {
    display: grid;
    place-content: center;
    width: max-content;
    height: max-content;
    padding: 4px 0 4px 4px;
    border-radius: 24px;
    background: rgb(0 0 0 / 0.6);
    color: #fff;
  }
  .veil .ring {
    color: #fff;
  }
  .corner {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-start: 8px;
    pointer-events: none;
  }
  .enlarge {
    position: absolute;
    inset-block-start: 6px;
    inset-inline-end: 6px;
    width: 32px;
    height: 32px;
  }
  .enlarge .icon {
    width: 16px;
    height: 16px;
    fill: none;
    stroke: currentcolor;
  }
`;
