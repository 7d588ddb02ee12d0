import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { sendKeys } from '@web/test-runner-commands';
import { parsePlace } from '../../../src/elements/composer/tools/location/parse-place.js';
import type { ImEvent } from '../../../src/elements/events.js';
import { MountedComposer } from '../../helpers/mounted-composer.js';

type Asked = Parameters<Geolocation['getCurrentPosition']>;

async function open(): Promise<{ it: MountedComposer; form: HTMLFormElement }> {
  const it = await MountedComposer.mount();
  it.query('[part=attach]')!.click();
  const items = await it.seen('[role=menu]');
  [...items.querySelectorAll<HTMLElement>('[role=menuitem]')].at(-1)!.click();
  return { it, form: await it.seen<HTMLFormElement>('form.place') };
}
const field = (form: HTMLElement, name: string): HTMLInputElement => form.querySelector(`[name=${name}]`)!;
async function fill(it: MountedComposer, form: HTMLElement, name: string, text: string): Promise<void> {
  field(form, name).value = text;
  field(form, name).dispatchEvent(new InputEvent('input'));
  await it.composer.updateComplete;
}
const sent = (it: MountedComposer): object | undefined => {
  const { type, location } = it.client.timeline('p2p-bob').messages.at(-1) ?? {};
  return type === undefined ? undefined : { type, location };
};

/** Plays the browser's own answer to who asks where one is. */
async function located(answer: (...asked: Asked) => void, run: () => Promise<void>): Promise<void> {
  const own = Object.getOwnPropertyDescriptor(navigator, 'geolocation');
  const geolocation = { getCurrentPosition: answer };
  Object.defineProperty(navigator, 'geolocation', { configurable: true, value: geolocation });
  try {
    await run();
  } finally {
    if (own) Object.defineProperty(navigator, 'geolocation', own);
    else Reflect.deleteProperty(navigator, 'geolocation');
  }
}

describe('im-composer: a place', () => {
  it('is typed by name and coordinates, and sent', async () => {
    const { it, form } = await open();
    await expect(it.composer).to.be.accessible();
    field(form, 'title').focus();
    await sendKeys({ type: 'Eiffel Tower' });
    field(form, 'where').focus();
    await sendKeys({ type: '48.8584, 2.2945' });
    await sendKeys({ press: 'Enter' });
    await it.gone('form.place');
    expect(sent(it)).to.deep.equal({
      type: 'location',
      location: { title: 'Eiffel Tower', latitude: 48.8584, longitude: 2.2945 },
    });
  });

  it('is pasted as a link, which fills the fields', async () => {
    const { it, form } = await open();
    await fill(it, form, 'where', 'https://www.google.com/maps/place/Eiffel+Tower/@48.8583701,2.2944813,17z');
    expect(field(form, 'where').value).to.equal('48.85837, 2.294481');
    expect(field(form, 'title').value).to.equal('Eiffel Tower');
  });

  it('that is none is said in words, and nothing is sent', async () => {
    const { it, form } = await open();
    await fill(it, form, 'where', 'somewhere');
    form.requestSubmit();
    await waitUntil(() => it.query('#no-place')!.textContent !== '');
    expect(it.query('#no-place')!.textContent).to.equal('Write it as 48.8584, 2.2945, or paste a link to a map.');
    await expect(it.composer).to.be.accessible();
    expect(sent(it)).to.equal(undefined);
    expect(it.key('Escape', {}, field(form, 'where'))).to.equal(true);
    await it.gone('form.place');
  });

  it('is one’s own position when the button is pressed, and not before', async () => {
    let asked = 0;
    await located(
      (found) => {
        asked++;
        found({ coords: { latitude: 31.2303904, longitude: 121.4737021 } } as GeolocationPosition);
      },
      async () => {
        const { form } = await open();
        expect(asked).to.equal(0);
        form.querySelector<HTMLElement>('.locate')!.click();
        await waitUntil(() => field(form, 'where').value === '31.23039, 121.473702');
        expect(field(form, 'title').value).to.equal('My position');
      },
    );
  });

  it('says why one’s position is not known', async () => {
    for (const [code, words] of [
      [1, 'This page may not know your position. Allow it in the browser, or enter a place.'],
      [3, 'Your position could not be found. Enter a place instead.'],
    ] as const)
      await located(
        (_, failed) => failed!({ code, PERMISSION_DENIED: 1 } as GeolocationPositionError),
        async () => {
          const { it, form } = await open();
          form.querySelector<HTMLElement>('.locate')!.click();
          await waitUntil(() => it.query('#no-place')!.textContent === words, words);
        },
      );
  });

  it('may be refused by the page', async () => {
    const { it, form } = await open();
    it.composer.addEventListener('im-before-send', (event: ImEvent<'im-before-send'>) => {
      expect(event.detail.message.type).to.equal('location');
      event.preventDefault();
    });
    await fill(it, form, 'where', '1, 2');
    form.requestSubmit();
    await it.composer.updateComplete;
    expect(sent(it)).to.equal(undefined);
    expect(it.query('form.place') !== null).to.equal(true);
  });
});

describe('parsePlace', () => {
  it('reads numbers, geo: addresses and links to maps', () => {
    const paris = { latitude: 48.8584, longitude: 2.2945 };
    for (const text of [
      '48.8584, 2.2945',
      ' 48.8584,2.2945 ',
      '48.8584 2.2945',
      '48.8584° 2.2945°',
      '48.8584，2.2945',
      '48.8584، 2.2945',
      'geo:48.8584,2.2945',
      'geo:48.8584,2.2945,35;u=10',
      'https://www.openstreetmap.org/#map=16/48.8584/2.2945',
      'https://www.openstreetmap.org/?mlat=48.8584&mlon=2.2945#map=1/0/0',
      'https://maps.google.com/?q=48.8584,2.2945',
      'https://maps.apple.com/?ll=48.8584,2.2945',
    ])
      expect(parsePlace(text), text).to.deep.equal(paris);
    expect(parsePlace('geo:48.8584,2.2945?q=48.8584,2.2945(Tower)')).to.deep.equal({ ...paris, title: 'Tower' });
    expect(parsePlace('-33.8568, 151.2153')).to.deep.equal({ latitude: -33.8568, longitude: 151.2153 });
  });

  it('refuses what is none, or not on Earth', () => {
    for (const text of [
      '',
      'a, b',
      '91, 0',
      '0, 181',
      '1,2,3',
      'https://example.com/',
      'javascript:1,2',
      '48,8584, 2,2945',
    ])
      expect(parsePlace(text), text).to.equal(undefined);
  });
});
