// Gets the three engines and the fonts of the tests onto this machine, as far as it allows, and says which there are.
import { fileURLToPath } from 'node:url';
import { install, isInstalled, mayInstall } from './apt.mjs';
import { enginesHere, executables } from './engines.mjs';

const packages = new Map([
  ['chromium', ['chromium']],
  ['firefox', ['firefox-esr']],
  ['webkit', ['webkit2gtk-driver', 'xvfb']],
]);
// Without them Chinese, Arabic and emoji are boxes, which have other widths than text.
const fonts = ['fonts-noto-core', 'fonts-noto-cjk', 'fonts-noto-color-emoji', 'fonts-inter'];

async function packagedChromium() {
  const { default: chromium } = await import('@sparticuz/chromium');
  return chromium.executablePath();
}

/** Installs what is missing and gives the engines there are now; sets CHROMIUM where only the one from a package is left. */
export async function setUpBrowsers() {
  const here = enginesHere();
  const missing = [...packages].filter(([engine]) => !here.includes(engine)).flatMap(([, names]) => names);
  if (mayInstall()) {
    const wanted = [...missing, ...fonts.filter((name) => !isInstalled(name))];
    if (wanted.length) install(wanted);
  }
  if (!executables().chromium) {
    try {
      process.env.CHROMIUM = await packagedChromium();
    } catch (error) {
      console.log(`setup: no Chromium, and none from a package either: ${error.message}`);
    }
  }
  return enginesHere();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`engines: ${(await setUpBrowsers()).join(', ')}`);
