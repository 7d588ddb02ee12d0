import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { sendKeys } from '@web/test-runner-commands';
import { bestKind, extensionOf, peaksOf } from '../../../src/elements/composer/tools/voice/sound.js';
import { MountedComposer } from '../../helpers/mounted-composer.js';

/** WebKitGTK may have the class and record nothing. */
const records =
  'MediaRecorder' in globalThis && ['audio/webm', 'audio/mp4'].some((type) => MediaRecorder.isTypeSupported(type));
const part = (it: MountedComposer, label: string): HTMLButtonElement | null =>
  it.query('im-recorder')!.shadowRoot!.querySelector(`button[aria-label="${label}"]`);
const time = (it: MountedComposer): string => it.query('im-recorder')!.shadowRoot!.querySelector('.time')!.textContent;

/** Presses the button with a real key, so that the browser takes it for a person's wish. */
async function start(it: MountedComposer): Promise<void> {
  it.query('[part=record]')!.focus();
  await sendKeys({ press: 'Enter' });
  await it.seen('im-recorder');
  await waitUntil(() => part(it, 'Stop'), 'it does not record');
}
/** Tracks that were given out and are not stopped. */
function watchTracks(): { readonly live: () => number; readonly stop: () => void } {
  const tracks: MediaStreamTrack[] = [];
  const { mediaDevices } = navigator;
  const own = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wanted) => {
    const stream = await own(wanted);
    tracks.push(...stream.getTracks());
    return stream;
  };
  return {
    live: () => tracks.filter(({ readyState }) => readyState === 'live').length,
    stop: () => Reflect.deleteProperty(mediaDevices, 'getUserMedia'),
  };
}
async function denied(name: string, run: () => Promise<void>): Promise<void> {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', name));
  try {
    await run();
  } finally {
    Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
  }
}

describe('im-composer: a voice message', function () {
  this.timeout(30_000);

  it('is offered while nothing is written, where the engine records', async () => {
    const it = await MountedComposer.mount();
    const button = it.query<HTMLButtonElement>('[part=record]');
    expect(button !== null && !button.hidden).to.equal(records);
    expect(it.query('.send')!.hidden).to.equal(records);
    await it.type('a');
    expect(it.query('[part=record]')?.hidden ?? true).to.equal(true);
    expect(it.query('.send')!.hidden).to.equal(false);
  });

  if (records) {
    it('is recorded from the microphone, paused, listened to, and sent with its waveform', async () => {
      const tracks = watchTracks();
      try {
        const it = await MountedComposer.mount();
        await start(it);
        expect(it.query('form')!.hidden).to.equal(true);
        await expect(it.composer).to.be.accessible();
        await waitUntil(() => time(it) !== '0:00', 'no time passes', { timeout: 5_000 });
        part(it, 'Pause')!.click();
        await waitUntil(() => part(it, 'Go on recording'));
        part(it, 'Go on recording')!.click();
        await waitUntil(() => part(it, 'Stop'));
        part(it, 'Stop')!.click();
        await waitUntil(() => part(it, 'Listen'));
        expect(tracks.live(), 'the microphone is given back').to.equal(0);
        await expect(it.query('im-recorder')).to.be.accessible();
        part(it, 'Listen')!.click();
        await waitUntil(() => part(it, 'Pause'), 'it does not play');
        part(it, 'Send the recording')!.click();
        await it.gone('im-recorder');
        const [sent] = it.client.sentFiles;
        expect(sent!.draft.type).to.equal('audio');
        expect(sent!.draft.name).to.match(/^voice\.(webm|ogg|m4a)$/);
        expect(sent!.draft.duration).to.be.within(500, 6_000);
        expect(sent!.draft.peaks).to.have.length(64);
        expect(Math.max(...sent!.draft.peaks!), 'the fake microphone beeps').to.be.above(10);
        expect(sent!.file.size).to.be.above(500);
        expect(sent!.file.type).to.match(/^audio\/(webm|ogg|mp4)$/);
        await waitUntil(() => it.composer.shadowRoot!.activeElement === it.area, 'back in the field');
      } finally {
        tracks.stop();
      }
    });

    it('is given up by its button, by Escape, by going to another conversation, and with the element', async () => {
      const tracks = watchTracks();
      const it = await MountedComposer.mount();
      try {
        for (const end of [
          () => part(it, 'Delete the recording')!.click(),
          () => void it.key('Escape', {}, part(it, 'Stop')!),
          () => void (it.composer.conversation = 'group-trip'),
          () => it.composer.remove(),
        ]) {
          await start(it);
          expect(tracks.live()).to.equal(1);
          end();
          await waitUntil(() => tracks.live() === 0);
          if (it.composer.isConnected) await it.gone('im-recorder');
        }
        expect(it.client.sentFiles).to.deep.equal([]);
      } finally {
        tracks.stop();
      }
    });

    it('stops, and is kept, when nobody sees the page', async () => {
      const it = await MountedComposer.mount();
      await start(it);
      await waitUntil(() => time(it) !== '0:00', 'no time passes', { timeout: 5_000 });
      Object.defineProperty(document, 'hidden', { configurable: true, value: true });
      try {
        document.dispatchEvent(new Event('visibilitychange'));
        await waitUntil(() => part(it, 'Listen'));
      } finally {
        Reflect.deleteProperty(document, 'hidden');
      }
    });

    it('says in words what is in its way', async () => {
      for (const [name, words] of [
        ['NotAllowedError', 'This page may not use the microphone. Allow it in the browser and try again.'],
        ['NotFoundError', 'No microphone was found.'],
        ['NotReadableError', 'The recording failed. Try again.'],
      ] as const)
        await denied(name, async () => {
          const it = await MountedComposer.mount();
          it.query('[part=record]')!.click();
          await waitUntil(() => it.note === words, words);
          await it.gone('im-recorder');
          expect(it.query('form')!.hidden).to.equal(false);
        });
    });

    it('warns when it becomes too long, and ends by itself', async () => {
      const it = await MountedComposer.mount();
      const { now } = performance;
      let later = 0;
      performance.now = () => now.call(performance) + later;
      try {
        await start(it);
        later = 112_000;
        const left = (): string | undefined =>
          it.query('im-recorder')?.shadowRoot!.querySelector('.left')?.textContent ?? undefined;
        await waitUntil(() => /^\d+ seconds? left$/.test(left() ?? ''));
        later = 120_000;
        await waitUntil(() => part(it, 'Listen'));
      } finally {
        performance.now = now;
      }
    });
  }
});

describe('what is recorded', () => {
  it('has 64 peaks, however long it is', () => {
    expect(peaksOf([])).to.deep.equal(Array(64).fill(0));
    expect(peaksOf([0.5])).to.deep.equal(Array(64).fill(100));
    const rising = peaksOf(Array.from({ length: 1_000 }, (_, i) => i / 1_000));
    expect(rising).to.have.length(64);
    expect([rising[0], rising[32], rising[63]]).to.deep.equal([1, 51, 100]);
    expect(Math.max(...peaksOf(Array(100).fill(0.001))), 'silence stays silence').to.equal(2);
  });

  it('is of the best kind that the engine knows', () => {
    expect(bestKind((kind) => kind.includes('ogg') || kind.includes('mp4'))).to.equal('audio/ogg;codecs=opus');
    expect(bestKind(() => false)).to.equal(undefined);
    expect(['audio/webm;codecs=opus', 'audio/ogg', 'audio/mp4'].map(extensionOf)).to.deep.equal(['webm', 'ogg', 'm4a']);
  });
});
