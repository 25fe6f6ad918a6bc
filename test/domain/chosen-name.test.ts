// Names under which people may be introduced, and those that would mislead.
import { expect } from 'chai';
import { foldName, problemOfName } from '../../service/domain/chosen-name.ts';

describe('A chosen name', () => {
  it('may be any name that people have', () => {
    const names = [
      ...['Zoé Belkacem', 'Jean-Baptiste d’Arc', 'O’Neill', 'Nguyễn Thị Minh Khai', 'Ærøskøbing', 'Łukasz', 'M.', 'X'],
      ...[
        '李小龍',
        'محمد علي',
        'Анна Каренина',
        'Γιώργος',
        'स्मृति',
        'Marie (elle)',
        'Dr Strange',
        'Robin 2',
        'Adèle Directo Ramos',
      ],
      ...[
        'Médiatrice Uwimana',
        'João Nascimento Rato',
        'HR Srinivas',
        'Rose Director',
        'Robert Service',
        'J. R. R. T. X',
      ],
      ...['علی\u200Cرضا', 'ශ්\u200Dරී', 'မွှေး', 'Nguyễn', 'Øystein'],
    ];
    for (const name of names) expect(problemOfName(name), name).to.equal(undefined);
  });

  it('has no control, direction or unseen characters, no second line and no address', () => {
    const names = [
      ...[
        'Zoé\nBelkacem',
        'Zoé\u202Eeinna',
        'Zoé\u200B',
        'Zoé\u2066x\u2069',
        'Zo\u0000é',
        'Zoé\u2028x',
        '\uFEFFZoé',
        'Zoé\u00AD',
      ],
      ...[
        'z\u0301\u0302\u0303\u0304\u0305\u0306\u0307algo',
        'Zoé <zoe@x.example>',
        'Zoé https://x.example',
        'www.x.example',
        '—',
        '!!!',
        '🙂',
      ],
      ...['Zo\u0435 mixed', 'Αnna', 'coօrdination'],
    ];
    for (const name of names) expect(problemOfName(name), JSON.stringify(name)).to.equal('characters');
  });

  it('is no word of office, however it is written', () => {
    const names = [
      ...[
        'Zoé Belkacem (coordination)',
        'COORDINATRICE LIRIS',
        'coördination',
        'C.o.o.r.d.i.n.a.t.i.o.n',
        'Ｃoordinator',
      ],
      ...['Admin', 'L’administration', 'Équipe Mentorat Dialogue', 'Direction du LIX', 'Médiateur', 'DRH', 'référente'],
      ...[
        'Support',
        'Responsable du programme',
        'Coordonnateur',
        'admınıstration',
        'cøordination',
        'C00rdination',
        'Adm1n',
      ],
    ];
    for (const name of names) expect(problemOfName(name), name).to.equal('office');
  });

  it('is the platform’s own name whatever its case, accents, punctuation and order', () => {
    const one = foldName('Zoé Belkacem-Martin');
    for (const same of ['BELKACEM MARTIN Zoe', 'zoé belkacem martin', 'Martin, Belkacem (Zoé)']) {
      expect(foldName(same)).to.equal(one);
    }
    for (const other of ['Zoé Belkacem', 'Zoé B. Martin', 'Zoë Belkacem-Martine']) {
      expect(foldName(other)).to.not.equal(one);
    }
  });
});
