import { expect } from 'chai';
import fc from 'fast-check';
import { createCipher } from '../../service/store/cipher.ts';

const place = { collection: 'members', id: 'member-1', field: 'email' };

describe('store: cipher', () => {
  const cipher = createCipher('the secret of a test');

  it('opens whatever text it sealed, in its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cipher.open(cipher.seal(text, place), place)).to.equal(text);
      }),
    );
  });

  it('opens after a restart with the same secret', () => {
    const sealed = cipher.seal('camille@etis.example', place);
    expect(createCipher('the secret of a test').open(sealed, place)).to.equal('camille@etis.example');
  });

  it('never seals one text twice alike, so equal values cannot be seen', () => {
    const sealed = Array.from({ length: 100 }, () => cipher.seal('same', place));
    expect(new Set(sealed)).to.have.property('size', 100);
  });

  it('names the version of its key', () => {
    expect(cipher.seal('text', place)).to.match(/^v1\.[\w-]+$/);
    expect(() => cipher.open(cipher.seal('text', place).replace('v1.', 'v2.'), place)).to.throw('unknown key version');
  });

  for (const [what, other] of Object.entries({
    record: { ...place, id: 'member-2' },
    field: { ...place, field: 'name' },
    collection: { ...place, collection: 'requests' },
  })) {
    it(`does not open a value that was moved to another ${what}`, () => {
      const sealed = cipher.seal('camille@etis.example', place);
      expect(() => cipher.open(sealed, other)).to.throw('authenticate');
    });
  }

  it('does not open a value of which any one bit was changed', () => {
    const bytes = Buffer.from(cipher.seal('text', place).slice(3), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => cipher.open(`v1.${changed.toString('base64url')}`, place), `bit ${bit}`).to.throw('authenticate');
    }
  });

  it('does not open a shortened tag, an empty value, or a value of another secret', () => {
    expect(() => cipher.open(cipher.seal('', place).slice(0, -2), place)).to.throw();
    expect(() => cipher.open('', place)).to.throw('unknown key version');
    expect(() => createCipher('another secret').open(cipher.seal('text', place), place)).to.throw('authenticate');
  });
});
