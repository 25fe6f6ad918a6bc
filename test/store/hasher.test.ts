import { expect } from 'chai';
import { createHasher } from '../../service/store/hasher.ts';

describe('store: hasher', () => {
  const hasher = createHasher('the secret of a test');

  it('recognises an e-mail address however it is written', () => {
    const hash = hasher.email('camille.carrel@etis.example');
    for (const same of [' Camille.CARREL@etis.example ', 'camille.carrel+mentorat@ETIS.example']) {
      expect(hasher.email(same)).to.equal(hash);
    }
    expect(hasher.email('camille.carrel@lix.example')).to.not.equal(hash);
  });

  it('recognises a team however it is written', () => {
    expect(hasher.team('  Équipe « Sons & Espaces » ')).to.equal(hasher.team('equipe sons espaces'));
    expect(hasher.team('equipe sons')).to.not.equal(hasher.team('equipe espaces'));
  });

  it('gives 256 bits in base64url', () => {
    expect(hasher.email('a@b.example')).to.match(/^[\w-]{43}$/);
  });

  it('names a video room that does not tell the dialogue, in small letters and digits', () => {
    expect(hasher.room('a-dialogue')).to.match(/^[0-9a-f]{32}$/);
    expect(hasher.room('a-dialogue')).to.equal(hasher.room('a-dialogue')).and.not.equal(hasher.room('another'));
    expect(createHasher('another secret').room('a-dialogue')).to.not.equal(hasher.room('a-dialogue'));
  });

  it('says nothing under another secret, and keeps a team apart from an address of the same spelling', () => {
    expect(createHasher('another secret').email('a@b.example')).to.not.equal(hasher.email('a@b.example'));
    expect(hasher.team('@')).to.not.equal(hasher.email('@'));
  });
});
