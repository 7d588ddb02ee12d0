const keyOf = (account: string): string => `im-elements sound ${account}`;

/** Whether a message that nobody looks at may sound. Kept in this browser for each account; on until somebody switches it off. */
export function soundIsOn(account: string): boolean {
  try {
    return localStorage.getItem(keyOf(account)) !== 'off';
  } catch {
    // A browser that keeps nothing.
    return true;
  }
}

export function setSound(account: string, on: boolean): void {
  try {
    if (on) localStorage.removeItem(keyOf(account));
    else localStorage.setItem(keyOf(account), 'off');
  } catch {
    // As above.
  }
}
