export type Engine = 'chromium' | 'firefox' | 'webkit';

/** The engines that can run here. */
export function enginesHere(): Engine[];

/** @throws {Error} which says how to get what is missing */
export function executable(name: 'chromium' | 'firefox' | 'webKitDriver' | 'miniBrowser' | 'xvfb'): string;
