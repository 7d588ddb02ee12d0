import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { ScrollModel } from '../../../src/elements/message-list/scroll-model.js';

function column(...heights: number[]): ScrollModel {
  const model = new ScrollModel();
  model.height = 100;
  for (const height of heights) model.heights.push(height);
  return model;
}

describe('scroll model', () => {
  it('anchors at the first row that begins in view', () => {
    const model = column(60, 60, 60, 60);
    model.top = 70;
    expect(model.anchor()).to.deep.equal({ index: 2, y: 50 });
  });

  it('anchors at the row that fills the view when none begins there', () => {
    const model = column(60, 600, 60);
    model.top = 200;
    expect(model.anchor()).to.deep.equal({ index: 1, y: -140 });
  });

  it('counts what stands above the first row', () => {
    const model = column(60, 60, 60, 60);
    model.head = model.origin = 40;
    model.top = 30;
    expect(model.anchor()).to.deep.equal({ index: 0, y: 10 });
    expect(model.scrollHeight).to.equal(280);
  });

  it('knows the end', () => {
    const model = column(60, 60);
    expect(model.atEnd).to.equal(false);
    model.toEnd();
    expect(model.top).to.equal(20);
    expect(model.atEnd).to.equal(true);
    expect(model.lastInView()).to.equal(1);
    model.top = 0;
    expect(model.lastInView()).to.equal(0);
  });

  it('leaves a column that is lower than the viewport where it is', () => {
    const model = column(30);
    model.toEnd();
    expect(model.top).to.equal(0);
    expect(model.atEnd).to.equal(true);
  });

  it('pays a debt before the reader runs into the wall', () => {
    const model = column(...Array.from({ length: 50 }, () => 50));
    model.top = 1_000;
    model.origin = -200;
    expect(model.mustSettle(12)).to.equal(false);
    expect(model.mustSettle(2), 'the rows above do not fit').to.equal(true);
    model.top = 90;
    expect(model.mustSettle(12), 'no more room to scroll up').to.equal(true);
    const y = model.y(20);
    model.settle();
    expect(model.y(20)).to.equal(y);
    expect(model.mustSettle(0)).to.equal(false);
  });

  it('holds what is on screen while heights anywhere turn out differently', () => {
    const height = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(
        fc.array(height, { minLength: 5, maxLength: 60 }),
        fc.array(fc.tuple(fc.nat(59), height), { maxLength: 30 }),
        fc.nat(5_000),
        fc.boolean(),
        (heights, changes, top, settled) => {
          const model = column(...heights);
          model.top = Math.min(top, model.maxTop);
          const anchor = model.anchor()!;
          for (const [i, h] of changes) model.heights.set(i, h);
          model.hold(anchor);
          if (settled) model.settle();
          expect(model.y(anchor.index)).to.be.closeTo(anchor.y, 1e-6);
        },
      ),
    );
  });

  it('renders what is in view and a margin, and never more than a bound of rows', () => {
    const model = column(...Array.from({ length: 10_000 }, () => 50));
    model.height = 800;
    model.top = 100_000;
    const { start, end } = model.wanted();
    expect(start).to.be.below(2_000);
    expect(end).to.be.above(2_016);
    expect(end - start).to.be.at.most(120);
    const thin = column(...Array.from({ length: 10_000 }, () => 1));
    thin.height = 800;
    expect(thin.wanted().end).to.be.at.most(120);
  });
});
