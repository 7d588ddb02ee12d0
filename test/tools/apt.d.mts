export function isInstalled(name: string): boolean;
/** Whether this is a Debian on which this user may install something. */
export function mayInstall(): boolean;
export function install(names: readonly string[]): void;
