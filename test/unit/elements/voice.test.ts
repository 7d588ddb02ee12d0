import { expect, nextFrame } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { player } from '../../../src/elements/bodies/player.js';
import { fileOf, makeVoice } from '../../helpers/media.js';
import { bodyOf, box, client, find, setStage, show, until, voice } from '../../helpers/shown-body.js';

describe('a voice', function () {
  this.timeout(60_000);
  beforeEach(setStage);
  afterEach(() => player.stop());
  // A page may only make a noise after somebody has touched it.
  before(() => sendMouse({ type: 'click', position: [1, 1] }));

  it('plays, is marked as heard, and goes on with the next that nobody heard', async () => {
    const [first, heard, next] = [
      await show(voice('a')),
      await show(voice('b', { played: true })),
      await show(voice('c')),
    ];
    await expect(first).to.be.accessible();
    expect(find(first, '.dot') !== null).to.equal(true);
    find(first, '.play').click();
    await until(() => player.hearing(first.message!).state === 'playing', 'plays');
    await until(() => find(first, '.dot') === null, 'heard');
    await until(() => player.hearing(next.message!).state === 'playing', 'goes on');
    expect(player.hearing(heard.message!).state).to.equal('still');
    expect(client.calls.filter((call) => call.startsWith('markPlayed'))).to.deep.equal([
      `markPlayed ${first.message!.idClient}`,
      `markPlayed ${next.message!.idClient}`,
    ]);
  });

  it('plays alone: another one stops it, and it goes on where it was', async () => {
    client.files.set('/files/long', makeVoice(20));
    const long = { type: 'audio', played: true, file: fileOf('/files/long', { duration: 20_000 }) };
    const [one, two] = [await show(long), await show({ ...long })];
    find(one, '.play').click();
    await until(() => player.hearing(one.message!).at > 0.05, 'plays');
    find(two, '.play').click();
    await until(() => player.hearing(two.message!).state === 'playing', 'the other plays');
    const { state, at } = player.hearing(one.message!);
    expect(state).to.equal('still');
    expect(at).to.be.above(0);
    find(one, '.play').click();
    await until(() => player.hearing(one.message!).state === 'playing', 'plays again');
    expect(player.hearing(one.message!).at).to.be.at.least(at);
  });

  it('is sought through by pointer and keys, which follow the direction of writing', async () => {
    const long = { type: 'audio', file: fileOf('/files/none', { duration: 20_000 }) };
    const element = await show(long);
    const wave = find(element, '.wave');
    const at = (): string => wave.getAttribute('aria-valuenow')!;
    const press = async (key: string): Promise<string> => {
      wave.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await bodyOf(element).updateComplete;
      return at();
    };
    expect(await press('ArrowRight')).to.equal('5');
    expect(await press('End')).to.equal('20');
    expect(await press('ArrowLeft')).to.equal('15');
    const { left, width, top } = wave.getBoundingClientRect();
    wave.setPointerCapture = () => undefined;
    wave.dispatchEvent(new PointerEvent('pointerdown', { clientX: left + width / 2, clientY: top + 5, pointerId: 7 }));
    await bodyOf(element).updateComplete;
    expect(at()).to.equal('10');
    box.dir = 'rtl';
    await nextFrame();
    await bodyOf(element).updateComplete;
    expect(await press('ArrowRight')).to.equal('5');
  });

  it('has three speeds, the same for all', async () => {
    const [one, two] = [await show(voice('a')), await show(voice('b'))];
    const seen = [];
    for (let i = 0; i < 3; i++) {
      find(one, '.speed').click();
      await bodyOf(two).updateComplete;
      seen.push(find(two, '.speed').textContent.trim());
    }
    expect(seen).to.deep.equal(['1.5×', '2×', '1×']);
  });

  it('that is gone says so, and can be asked for again', async () => {
    const element = await show({ type: 'audio', file: fileOf('/files/gone', { duration: 1_000 }) });
    find(element, '.play').click();
    await until(() => player.hearing(element.message!).state === 'failed', 'failed');
    await bodyOf(element).updateComplete;
    expect(find(element, '.play').ariaLabel).to.equal('Could not be loaded. Try again');
  });
});
