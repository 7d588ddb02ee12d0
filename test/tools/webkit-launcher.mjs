// A browser launcher of @web/test-runner for WebKitGTK.
import { WebKitDriver } from './webkit-driver.mjs';

// https://www.w3.org/TR/webdriver/#keyboard-actions
const keys = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  Meta: '\uE03D',
};
const buttons = { left: 0, middle: 1, right: 2 };

const keyDown = (key) => ({ type: 'keyDown', value: keys[key] ?? key });
const keyUp = (key) => ({ type: 'keyUp', value: keys[key] ?? key });

/** What the plugins of @web/test-runner-commands call on a page of puppeteer. */
function puppeteerShapedPage(driver) {
  const act = (source) => driver.command('POST', '/actions', { actions: [source] });
  const typeKeys = (actions) => act({ type: 'key', id: 'keyboard', actions });
  const point = (action) =>
    act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: [action] });
  const mouse = {
    move: (x, y) => point({ type: 'pointerMove', x, y, duration: 0, origin: 'viewport' }),
    down: ({ button = 'left' } = {}) => point({ type: 'pointerDown', button: buttons[button] }),
    up: ({ button = 'left' } = {}) => point({ type: 'pointerUp', button: buttons[button] }),
    reset: () => driver.command('DELETE', '/actions'),
    async click(x, y, options) {
      await mouse.move(x, y);
      await mouse.down(options);
      await mouse.up(options);
    },
  };
  return {
    keyboard: {
      type: (text) => typeKeys([...text].flatMap((character) => [keyDown(character), keyUp(character)])),
      press: (key) => typeKeys([keyDown(key), keyUp(key)]),
      down: (key) => typeKeys([keyDown(key)]),
      up: (key) => typeKeys([keyUp(key)]),
    },
    mouse,
    // The window stops at about 447 pixels: narrower layouts are tested in a narrow container.
    async setViewport({ width, height }) {
      const [x, y] = await driver.evaluate('return [outerWidth - innerWidth, outerHeight - innerHeight]');
      await driver.command('POST', '/window/rect', { width: width + x, height: height + y });
    },
    emulateMediaFeatures: () => Promise.reject(new Error('WebKitGTK cannot emulate media features')),
    screenshot: async () => Buffer.from(await driver.command('GET', '/screenshot'), 'base64'),
  };
}

class WebKitLauncher {
  name = 'WebKitGTK';
  /** Makes the command plugins drive `getPage()`. */
  type = 'puppeteer';
  concurrency = 1;
  #driver = new WebKitDriver();
  #page = puppeteerShapedPage(this.#driver);
  #active = new Map();
  #started;

  async initialize() {}

  async startSession(id, url) {
    await (this.#started ??= this.#driver.start());
    this.#active.set(id, url);
    await this.#driver.command('POST', '/url', { url });
  }

  isActive(id) {
    return this.#active.has(id);
  }

  getBrowserUrl(id) {
    return this.#active.get(id);
  }

  getPage() {
    return this.#page;
  }

  async stopSession(id) {
    await this.#driver.command('POST', '/url', { url: 'about:blank' });
    this.#active.delete(id);
    return {};
  }

  async startDebugSession() {
    throw new Error('WebKitGTK has no debug session here');
  }

  stop() {
    return this.#driver.stop();
  }
}

export const webkitLauncher = () => new WebKitLauncher();
