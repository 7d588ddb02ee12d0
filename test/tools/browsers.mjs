// The launchers of @web/test-runner, one an engine.
import { chromeLauncher } from '@web/test-runner-chrome';
import * as puppeteer from 'puppeteer-core';
import { executable } from './engines.mjs';
import { webkitLauncher } from './webkit-launcher.mjs';

// A microphone that beeps, and nobody who has to allow it.
const fakeMicrophone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
const fakeMicrophonePrefs = { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true };

const launchers = new Map([
  [
    'chromium',
    () =>
      chromeLauncher({
        launchOptions: { executablePath: executable('chromium'), args: ['--no-sandbox', ...fakeMicrophone] },
      }),
  ],
  // The same launcher speaks WebDriver BiDi to Firefox, given a puppeteer that can.
  [
    'firefox',
    () =>
      chromeLauncher({
        puppeteer,
        launchOptions: {
          browser: 'firefox',
          executablePath: executable('firefox'),
          extraPrefsFirefox: fakeMicrophonePrefs,
        },
        createBrowserContext: ({ browser }) => browser.defaultBrowserContext(),
      }),
  ],
  ['webkit', webkitLauncher],
]);

/** @param {string} names engines, comma-separated */
export const browsers = (names) =>
  names.split(',').map((name) => {
    const launch = launchers.get(name.trim());
    if (!launch) throw new Error(`WTR_BROWSERS names "${name}"; it may hold ${[...launchers.keys()].join(', ')}`);
    return launch();
  });
