// Where this machine's browsers are. A variable (CHROMIUM, FIREFOX, …) wins over the search path.
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const isExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const subfolders = (folder, start) => {
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith(start))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
};

function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

// MiniBrowser is not on the path: it lies in WebKitGTK's own folder, which Debian and others name differently.
function miniBrowser() {
  return [...subfolders('/usr/lib', ''), '/usr/libexec']
    .flatMap((folder) => subfolders(folder, 'webkit2gtk-4').concat(subfolders(folder, 'webkitgtk-6')))
    .map((folder) => join(folder, 'MiniBrowser'))
    .find(isExecutable);
}

/** The executables, each `undefined` where it was not found. */
export const executables = () => ({
  chromium: process.env.CHROMIUM ?? onPath('chromium', 'chromium-browser', 'google-chrome'),
  firefox: process.env.FIREFOX ?? onPath('firefox-esr', 'firefox'),
  webKitDriver: process.env.WEBKIT_DRIVER ?? onPath('WebKitWebDriver'),
  miniBrowser: process.env.MINIBROWSER ?? miniBrowser(),
  xvfb: onPath('Xvfb'),
});

/** Names of the engines that can run here: `chromium`, `firefox`, `webkit`. */
export function enginesHere() {
  const found = executables();
  return [
    ...(found.chromium ? ['chromium'] : []),
    ...(found.firefox ? ['firefox'] : []),
    ...(found.webKitDriver && found.miniBrowser && (found.xvfb || process.env.DISPLAY) ? ['webkit'] : []),
  ];
}

/** @throws {Error} which says how to get what is missing */
export function executable(name) {
  const file = executables()[name];
  if (!file) throw new Error(`${name} was not found; run "node test/tools/setup-browsers.mjs" first`);
  return file;
}
