import type { GroupStorage } from '../../../src/server/storage/groups/group-storage.js';

const none = (): Promise<never> => Promise.reject(new Error('the simulation has no groups'));

/** The simulation goes through conversations of two: there are no groups and no notices in it. */
export const noGroups: GroupStorage = {
  createGroup: none,
  group: () => Promise.resolve(undefined),
  countGroups: () => Promise.resolve(0),
  countOwned: () => Promise.resolve(0),
  changeGroup: none,
  groupMembers: none,
  groupMarks: none,
  groupRequest: none,
  addMentions: none,
  notices: () => Promise.resolve([]),
  noticeMarks: () => Promise.resolve({ read: 0, unread: 0 }),
  readNotices: () => Promise.resolve(undefined),
};
