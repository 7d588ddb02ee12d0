import { expect } from '@open-wc/testing';
import { ar } from '../../../src/i18n/ar.js';
import { en, type Translation } from '../../../src/i18n/en.js';
import { describeError } from '../../../src/i18n/errors.js';
import { formatDay, formatListTime, formatTime, nextMidnight } from '../../../src/i18n/format.js';
import { zhCn } from '../../../src/i18n/zh-cn.js';
import { closeCodes, errorCodes } from '../../../src/protocol/codes.js';

const languages: readonly (readonly [string, Translation])[] = [
  ['en', en],
  ['zh-CN', zhCn],
  ['ar', ar],
];

describe('texts', () => {
  for (const [tag, t] of languages)
    it(`${tag}: every error and close code has a sentence of its own language`, () => {
      const codes = [...Object.values(errorCodes), ...Object.values(closeCodes)].filter(
        (code) => ![errorCodes.ok, errorCodes.applied, errorCodes.invited].some((fine) => fine === code),
      );
      for (const code of codes) expect(describeError(t, code), String(code)).not.to.equal(t.errors.unknown);
      expect(describeError(t, 4999)).to.equal(t.errors.unknown);
      expect(describeError(t, undefined)).to.equal(t.errors.unknown);
    });

  it('count as the language counts', () => {
    expect([0, 1, 2, 120].map((count) => en.unread(count))).to.deep.equal([
      '0 unread messages',
      '1 unread message',
      '2 unread messages',
      '120 unread messages',
    ]);
    expect(ar.unread(2)).to.equal('رسالتان غير مقروءتين');
    expect(ar.unread(3)).to.equal('3 رسائل غير مقروءة');
    expect(zhCn.unread(3)).to.equal('3 条未读消息');
  });
});

describe('times', () => {
  const now = new Date(2026, 10, 23, 19, 40).getTime();
  const at = (month: number, day: number, hour = 9, minute = 5): number =>
    new Date(2026, month, day, hour, minute).getTime();

  it('have two digits and no half day, in every language', () => {
    for (const [tag] of languages) expect(formatTime(tag, at(10, 23, 14, 2)), tag).to.equal('14:02');
    expect(formatTime('en', at(10, 23, 0, 0))).to.equal('00:00');
  });

  it('in a list: today, yesterday, weekday, date, date with year', () => {
    const list = (ms: number): string => formatListTime('en', en, ms, now);
    expect(list(at(10, 23))).to.equal('09:05');
    expect(list(at(10, 22, 23, 59))).to.equal('Yesterday');
    expect(list(at(10, 20))).to.equal('Fri');
    expect(list(at(10, 16))).to.equal('Nov 16');
    expect(list(new Date(2024, 1, 29).getTime())).to.equal('2/29/2024');
    expect(list(now + 60_000)).to.equal('19:41');
  });

  it('as a heading', () => {
    expect(formatDay('en', en, at(10, 23), now)).to.equal('Today');
    expect(formatDay('zh-CN', zhCn, at(10, 22), now)).to.equal('昨天');
    expect(formatDay('en', en, at(10, 2), now)).to.equal('November 2');
  });

  it('know when the day ends', () => {
    expect(new Date(nextMidnight(now)).getDate()).to.equal(24);
    expect(new Date(nextMidnight(now)).getHours()).to.equal(0);
  });
});
