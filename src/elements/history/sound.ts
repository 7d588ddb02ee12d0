import { soundIsOn } from '../../client/preferences.js';

let context: AudioContext | undefined;

/** Two short notes, for a message that nobody looks at. Silent before the page's first click or key: browsers allow none then. */
export function ring(account: string): boolean {
  const { userActivation } = navigator as { readonly userActivation?: UserActivation };
  if (!soundIsOn(account) || userActivation?.hasBeenActive === false || typeof AudioContext === 'undefined')
    return false;
  context ??= new AudioContext();
  void context.resume();
  const start = context.currentTime;
  for (const [i, frequency] of [880, 1_318.5].entries()) {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    const at = start + i * 0.09;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.12, at + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.25);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.26);
  }
  return true;
}
