import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { linkify } from '../../../src/renderers/linkify.js';

const links = (text: string): (string | undefined)[] =>
  linkify(text)
    .filter((piece) => piece.href !== undefined)
    .map((piece) => piece.href);

describe('linkify', () => {
  it('finds web and mail addresses', () => {
    expect(linkify('see https://example.com/a?b=c#d now')).to.deep.equal([
      { text: 'see ' },
      { text: 'https://example.com/a?b=c#d', href: 'https://example.com/a?b=c#d' },
      { text: ' now' },
    ]);
    expect(links('www.example.com')).to.deep.equal(['https://www.example.com/']);
    expect(links('HTTP://EXAMPLE.COM')).to.deep.equal(['http://example.com/']);
    expect(links('mailto:a@example.com')).to.deep.equal(['mailto:a@example.com']);
    expect(links('http://localhost:8080/x and http://[::1]/')).to.deep.equal([
      'http://localhost:8080/x',
      'http://[::1]/',
    ]);
  });

  it('leaves the marks of the sentence outside', () => {
    const shown = (text: string): string[] => linkify(text).flatMap((piece) => (piece.href ? [piece.text] : []));
    expect(shown('Is it https://example.com/a?')).to.deep.equal(['https://example.com/a']);
    expect(shown('(see https://example.com/a).')).to.deep.equal(['https://example.com/a']);
    expect(shown('https://en.wikipedia.org/wiki/Lit_(disambiguation)!')).to.deep.equal([
      'https://en.wikipedia.org/wiki/Lit_(disambiguation)',
    ]);
    expect(shown('"https://example.com/a", <https://example.com/b>')).to.deep.equal([
      'https://example.com/a',
      'https://example.com/b',
    ]);
    expect(shown('看https://example.com/路径，好的')).to.deep.equal(['https://example.com/路径']);
  });

  it('makes nothing of what could run or deceive', () => {
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'JaVaScRiPt:alert(1)//https:',
      'vbscript:x',
      'file:///etc/passwd',
      'a.www.example.com',
      'http://',
      'https://nowhere',
      'mailto:nobody',
      'www.',
    ])
      expect(links(text), text).to.deep.equal([]);
  });

  it('shows the host that a link leads to', () => {
    const [homograph] = linkify('https://аррӏе.com/login');
    expect(homograph!.text).to.equal('https://xn--80ak6aa92e.com/login');
    const [named] = linkify('https://bank.example.com@evil.example/');
    expect(named).to.deep.equal({ text: 'https://evil.example/', href: 'https://evil.example/' });
    const [turned] = linkify('https://example.com/\u202egpj.exe');
    expect(turned!.text).to.equal('https://example.com/');
  });

  it('keeps every character of a text without deceit', () => {
    const word = fc.constantFrom(
      ' ',
      'a',
      'https://a.bc/',
      'www.a.bc',
      '(',
      ')',
      '.',
      ',',
      '看',
      '\n',
      'mailto:a@b.c',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const text = words.join('');
        const pieces = linkify(text);
        for (const { href } of pieces) if (href) expect(href).to.match(/^(https?|mailto):/);
        if (pieces.every((piece) => !piece.href || text.includes(piece.text)))
          expect(pieces.map((piece) => piece.text).join('')).to.equal(text);
      }),
    );
  });

  it('takes any text, and only links to the three schemes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const { href } of linkify(`www.${text} https://${text}`))
          if (href) expect(new URL(href).protocol).to.be.oneOf(['http:', 'https:', 'mailto:']);
      }),
    );
  });

  it('ends soon for 64 KB that were made to hurt', () => {
    const size = 65_536;
    for (const part of [
      'www.',
      'https://',
      '(',
      'https://a.bc/(',
      'mailto:',
      'https://a.bc/)).,',
      'www.a.bc ',
      '@',
      'a',
    ])
      expect(timeOf(part.repeat(size / part.length)), part).to.be.below(1_000);
  });
});

function timeOf(text: string): number {
  const start = performance.now();
  linkify(text);
  return performance.now() - start;
}
