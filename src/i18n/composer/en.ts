import { pluralIn } from '../plural.js';

const plural = pluralIn('en');

/** What the composer's tools say. Apart from `../en.ts`, because none of it is needed for the first paint. */
export const composerEn = {
  close: 'Close',
  cancel: 'Cancel',

  // What cannot be written, and why
  refused: {
    muted: (until: string | undefined) =>
      until === undefined ? 'You have been muted in this group.' : `You have been muted here until ${until}.`,
    'muted-all': 'Only the owner and admins may write here at the moment.',
    'not-member': 'You are not a member of this group.',
    dismissed: 'This group has been closed.',
    form: 'Only the owner and admins may write in this group.',
    other: 'You may not write here.',
  },
  slowMode: (seconds: number) =>
    plural(seconds, {
      one: 'Slow mode: you can write again in # second.',
      other: 'Slow mode: you can write again in # seconds.',
    }),

  // Quote and edit
  replyTo: (name: string) => `Reply to ${name}`,
  removeQuote: 'Do not reply to this message',
  editing: 'Edit message',
  cancelEdit: 'Cancel the edit',
  saveEdit: 'Save',

  // Mentions
  mention: 'Mention somebody',
  everyone: 'Everyone',
  everyoneHint: 'Mentions all members',

  // Attach
  photoOrVideo: 'Photo or video',
  file: 'File',
  location: 'Location',
  attachments: (count: number) => plural(count, { one: '# attachment', other: '# attachments' }),
  removeAttachment: (name: string) => `Remove ${name}`,
  sendAs: (name: string) => `How ${name} is sent`,
  asMedia: 'As media',
  asFile: 'As a file',
  addMore: 'Add more',
  caption: 'Add a caption',
  tooBig: (name: string, limit: string) => `“${name}” is larger than ${limit}.`,
  emptyFile: (name: string) => `“${name}” is empty.`,
  notAccepted: (name: string) => `“${name}” is of a kind that cannot be sent here.`,
  tooMany: (most: number) => `At most ${most} files at once.`,
  noFiles: 'Files cannot be sent here.',
  dropHere: 'Drop to attach',

  // Place
  locationTitle: 'Send a location',
  usePosition: 'Use my position',
  locating: 'Looking for your position…',
  positionDenied: 'This page may not know your position. Allow it in the browser, or enter a place.',
  positionFailed: 'Your position could not be found. Enter a place instead.',
  placeName: 'Name of the place',
  coordinates: 'Latitude, longitude or a map link',
  notAPlace: 'Write it as 48.8584, 2.2945, or paste a link to a map.',
  myPosition: 'My position',
  sendLocation: 'Send location',

  // Voice
  recording: 'Recording',
  paused: 'Paused',
  asksMicrophone: 'Allow the microphone…',
  pauseRecording: 'Pause',
  resumeRecording: 'Go on recording',
  stopRecording: 'Stop',
  discardRecording: 'Delete the recording',
  listen: 'Listen',
  pauseListening: 'Pause',
  sendRecording: 'Send the recording',
  secondsLeft: (seconds: number) => plural(seconds, { one: '# second left', other: '# seconds left' }),
  microphoneDenied: 'This page may not use the microphone. Allow it in the browser and try again.',
  noMicrophone: 'No microphone was found.',
  recordingFailed: 'The recording failed. Try again.',

  // Emoji
  emojiPicker: 'Emoji',
  searchEmoji: 'Search emoji',
  noEmoji: 'No emoji found',
  emojiFailed: 'The emoji could not be loaded.',
  skinTone: 'Skin tone',
  skinTones: ['Default', 'Light', 'Medium-light', 'Medium', 'Medium-dark', 'Dark'] as readonly string[],
  emojiGroups: {
    recent: 'Recently used',
    smileys: 'Smileys and emotion',
    people: 'People and body',
    nature: 'Animals and nature',
    food: 'Food and drink',
    travel: 'Travel and places',
    activities: 'Activities',
    objects: 'Objects',
    symbols: 'Symbols',
    flags: 'Flags',
  },
};

export type ComposerTexts = typeof composerEn;
