import { expect } from '@open-wc/testing';
import { previewText } from '../../../src/renderers/preview.js';
import { ar } from '../../../src/i18n/ar.js';
import { en, type Translation } from '../../../src/i18n/en.js';
import { zhCn } from '../../../src/i18n/zh-cn.js';
import type { Message } from '../../../src/protocol/message.js';

const said = (attach: NonNullable<Message['attach']>, t: Translation = en): string => {
  const message: Message = {
    conversationId: 'group-trip',
    idClient: 'note-1',
    scene: 'group',
    type: 'notification',
    from: 'mia',
    to: 'trip',
    time: 0,
    flow: 'in',
    status: 'success',
    attach,
  };
  return previewText(message, t, (account) => account.toUpperCase()).replace(/[\u2066-\u2069]/g, '');
};

describe('notifications of a group', () => {
  const count: [string, string] = ['memberCount', '12'];

  it('say each what happened', () => {
    for (const [type, accounts, words] of [
      ['create', ['bob'], 'MIA created the group'],
      ['join', ['bob'], 'BOB joined'],
      ['leave', ['bob'], 'BOB left'],
      ['invite', ['bob', 'eve'], 'MIA invited BOB and EVE'],
      ['remove', ['bob'], 'MIA removed BOB'],
      ['admin', ['bob'], 'MIA made BOB an admin'],
      ['unadmin', ['bob'], 'MIA took the admin’s rights from BOB'],
      ['transfer', ['bob'], 'MIA made BOB the owner'],
      ['mute', ['bob'], 'MIA muted BOB'],
      ['unmute', ['bob'], 'MIA let BOB write again'],
      ['dismiss', [], 'MIA closed the group'],
    ] as const)
      expect(said({ type, operator: 'mia', accounts: [...accounts], changes: [count] }), type).to.equal(words);
  });

  it('say of a change what it was', () => {
    const changed = (field: string, value: string): string =>
      said({ type: 'update', operator: 'mia', changes: [[field, value]] });
    expect(changed('name', 'Sea')).to.equal('MIA renamed the group to Sea');
    expect(changed('announcement', 'At nine')).to.equal('MIA announced: At nine');
    expect(changed('announcement', '')).to.equal('MIA changed the group');
    expect(changed('mutedAll', 'true')).to.equal('MIA muted everybody');
    expect(changed('mutedAll', 'false')).to.equal('MIA let everybody write again');
    expect(changed('joinMode', 'free')).to.equal('MIA changed the group');
  });

  it('have every sentence in the other languages', () => {
    for (const t of [ar, zhCn])
      for (const type of ['admin', 'unadmin', 'transfer', 'mute', 'remove']) {
        const words = said({ type, operator: 'mia', accounts: ['bob'] }, t);
        expect(words, type).to.contain('MIA').and.to.contain('BOB');
        expect(words).not.to.equal(said({ type, operator: 'mia', accounts: ['bob'] }));
      }
  });
});
