import { ImBodySwitch } from './body-switch.js';
import { ImAudioBody } from './audio-body.js';
import { ImCardBody } from './card-body.js';
import { ImFileBody } from './file-body.js';
import { ImImageBody } from './image-body.js';
import { ImMergedBody } from './merged-body.js';
import { ImPlaceBody } from './place-body.js';
import { ImRedPacketBody } from './red-packet-body.js';
import { ImVideoBody } from './video-body.js';

const elements = [
  ['im-body', ImBodySwitch],
  ['im-image-body', ImImageBody],
  ['im-video-body', ImVideoBody],
  ['im-audio-body', ImAudioBody],
  ['im-file-body', ImFileBody],
  ['im-place-body', ImPlaceBody],
  ['im-merged-body', ImMergedBody],
  ['im-card-body', ImCardBody],
  ['im-red-packet-body', ImRedPacketBody],
] as const;

for (const [tag, element] of elements) if (!customElements.get(tag)) customElements.define(tag, element);
