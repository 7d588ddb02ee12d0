/** @throws {Error} which says how to get what is missing */
export function executable(name: 'chromium' | 'firefox' | 'webKitDriver' | 'miniBrowser' | 'xvfb'): string;
