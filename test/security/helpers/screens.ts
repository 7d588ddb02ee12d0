import { launch, type Browser, type KeyInput, type Page } from 'puppeteer-core';
import { launchChromium, newPage } from '../../helpers/browsers.js';
import { enginesHere, executable } from '../../tools/engines.mjs';
import { WebKitDriver } from '../../tools/webkit-driver.mjs';

/** A browser's window, whatever the engine: what a person does with it, and what can be read off it. */
export interface Screen {
  goto(url: string): Promise<void>;
  /** An expression, evaluated in the page; a promise is waited for. */
  evaluate<T>(expression: string): Promise<T>;
  click(x: number, y: number): Promise<void>;
  type(text: string): Promise<void>;
  enter(): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  /** Complaints that only the browser's console shows. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** Opens a window in an engine. */
export function openScreen(engine: string): Promise<Screen> {
  if (engine === 'webkit') return WebKitScreen.open();
  return PuppeteerScreen.open(engine);
}

/** The engines that can run here; `npm test` says which are missing. */
export const engines = enginesHere();

class PuppeteerScreen implements Screen {
  readonly complaints: string[] = [];
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warn') this.complaints.push(message.text());
    });
  }

  static async open(engine: string): Promise<Screen> {
    const browser =
      engine === 'firefox'
        ? await launch({ browser: 'firefox', executablePath: executable('firefox') })
        : await launchChromium();
    return new PuppeteerScreen(browser, await newPage(browser));
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url);
  }
  evaluate<T>(expression: string): Promise<T> {
    return this.#page.evaluate(expression) as Promise<T>;
  }
  click(x: number, y: number): Promise<void> {
    return this.#page.mouse.click(x, y);
  }
  type(text: string): Promise<void> {
    return this.#page.keyboard.type(text);
  }
  enter(): Promise<void> {
    return this.#page.keyboard.press('Enter' satisfies KeyInput);
  }
  resize(width: number, height: number): Promise<void> {
    return this.#page.setViewport({ width, height });
  }
  close(): Promise<void> {
    return this.#browser.close();
  }
}

const enterKey = '\uE007';

class WebKitScreen implements Screen {
  /** It has no console to read: what the page's own script hears must do. */
  readonly complaints: string[] = [];
  readonly #driver = new WebKitDriver();

  static async open(): Promise<Screen> {
    const screen = new WebKitScreen();
    await screen.#driver.start();
    await screen.resize(1000, 760);
    return screen;
  }

  async goto(url: string): Promise<void> {
    await this.#driver.command('POST', '/url', { url });
  }
  evaluate<T>(expression: string): Promise<T> {
    return this.#driver.evaluate(`return (${expression})`) as Promise<T>;
  }
  async click(x: number, y: number): Promise<void> {
    const move = { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 };
    const press = [
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.#act({ type: 'pointer', id: 'mouse', actions: [move, ...press] });
  }
  type(text: string): Promise<void> {
    const actions = [...text].flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    return this.#act({ type: 'key', id: 'keys', actions });
  }
  enter(): Promise<void> {
    return this.type(enterKey);
  }
  async resize(width: number, height: number): Promise<void> {
    await this.#driver.command('POST', '/window/rect', { width, height });
  }
  close(): Promise<void> {
    return this.#driver.stop();
  }
  async #act(source: object): Promise<void> {
    await this.#driver.command('POST', '/actions', { actions: [source] });
  }
}
