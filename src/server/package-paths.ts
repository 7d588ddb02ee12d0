import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** This file runs from the sources and from what was built of them: the package is above both. */
function packageDirectory(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, 'package.json')) && directory !== dirname(directory))
    directory = dirname(directory);
  return directory;
}

/** Where the widget is built to. */
export function widgetDirectory(): string {
  return join(packageDirectory(), 'dist');
}

export function demoDirectory(): string {
  return join(packageDirectory(), 'demo');
}
