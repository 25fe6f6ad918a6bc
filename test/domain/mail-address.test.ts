import { expect } from 'chai';
import fc from 'fast-check';
import { isMailAddress, spellingOf } from '../../service/domain/mail-address.ts';
import { normaliseEmail } from '../../service/domain/tie.ts';

describe('An e-mail address', () => {
  for (const good of [
    'ada@lab.example',
    'a&b@lab.fr',
    "d'artagnan@lab.fr",
    'ada+mentoring@lab.fr',
    'jean@école.fr',
    'jean@xn--cole-9oa.fr',
    'JEAN@ÉCOLE.FR',
    'x@université-côte-d-azur.fr',
    'li@例子.测试',
    `${'a'.repeat(64)}@lab.fr`,
    'a?bcc=b@lab.fr',
  ]) {
    it(`is ${good}`, () => {
      expect(isMailAddress(good)).to.equal(true);
    });
  }

  for (const bad of [
    '',
    'ada',
    '@lab.fr',
    'ada@',
    'ada@lab',
    'ada@@lab.fr',
    'a@b@lab.fr',
    '.ada@lab.fr',
    'ada.@lab.fr',
    'a..b@lab.fr',
    'ada@lab..fr',
    'ada@-lab.fr',
    'ada@lab.fr.',
    'ada@127.0.0.1',
    'ada@[127.0.0.1]',
    'ada@0x7f.1',
    'ada@lab.fr:25',
    'ada@lab.fr/x',
    'ada@ex%61mple.fr',
    'ada@lab_x.fr',
    'ada b@lab.fr',
    'ada@la b.fr',
    'ada\u202e@lab.fr',
    'ada\n@lab.fr',
    'éva@lab.fr',
    '"ada"@lab.fr',
    'Ada <ada@lab.fr>',
    `${'a'.repeat(65)}@lab.fr`,
    `ada@${'a'.repeat(64)}.fr`,
    `ada@${'abcdefghi.'.repeat(26)}fr`,
  ]) {
    it(`is not ${JSON.stringify(bad).slice(0, 60)}`, () => {
      expect(isMailAddress(bad)).to.equal(false);
    });
  }

  it('is one, however its domain is written', () => {
    for (const same of ['jean@ÉCOLE.fr', ' Jean@école.fr ', 'jean@e\u0301cole.fr', 'JEAN@XN--COLE-9OA.FR']) {
      expect(spellingOf(same), same).to.equal('jean@xn--cole-9oa.fr');
      expect(normaliseEmail(same), same).to.equal('jean@xn--cole-9oa.fr');
    }
  });

  it('keeps its spelling when it is spelt again, whatever was typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string(), fc.string({ unit: 'grapheme' })), (typed) => {
        expect(spellingOf(spellingOf(typed))).to.equal(spellingOf(typed));
      }),
    );
  });
});
