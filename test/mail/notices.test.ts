import { expect } from 'chai';
import type { Appeal } from '../../service/domain/exclusion.ts';
import { locales } from '../../service/domain/terms.ts';
import { noticeTiming, nudges, type NoticeKind } from '../../service/domain/notice.ts';
import { createRender, isNudge, noticeRows } from '../../service/mail/notices.ts';
import { mailTexts } from '../../views/mails/engine.ts';
import { aNotice, entryUrl, factsOf, morning, renderOne as render, sender, ownUrl } from '../support/mail.ts';

const kinds = Object.keys(noticeTiming) as NoticeKind[];
const renderMail = createRender({ sender, entryUrl });

/** Words that would tell a passer-by what a dialogue may be about. */
const telling =
  /difficult|conflict|conflit|santé|health|motivation|confiance|refus|problème|aide|help|harc|harass|échec|fail|declin/i;

describe('notices', () => {
  for (const locale of locales) {
    for (const kind of kinds) {
      it(`writes ${kind} in ${locale} without a gap, in text and in HTML`, () => {
        const mail = render(aNotice({ kind }), factsOf(kind, { locale }), morning);
        const words = mailTexts[locale].notices[kind];
        expect(words.paragraphs).to.not.be.empty;
        for (const body of [mail.text, mail.html]) {
          expect(body)
            .to.include('Ada Martin')
            .and.not.match(/\{\{|undefined|\[object|null/);
          expect(body).to.include(locale === 'fr' ? 'Bonjour' : 'Hello');
        }
        expect(mail.html).to.include(`<html lang="${locale}">`);
        expect(mail.text).to.include(kind === 'closing_survey' ? ownUrl : 'https://intranet.etis.example/mentorat');
      });

      it(`says nothing personal and nothing telling in the subject of ${kind} in ${locale}`, () => {
        const { subject } = render(aNotice({ kind }), factsOf(kind, { locale }), morning);
        expect(subject).to.match(/^Mentorat Dialogue\u00a0?: /);
        expect(subject).to.not.match(/Ada|Martin|Benoît|Durand|@|ETIS|LIRIS/);
        expect(subject).to.not.match(telling);
      });
    }
  }

  it('have the same kinds and the same placeholders in every language', () => {
    const placeholders = (locale: 'fr' | 'en', kind: NoticeKind): string[] => {
      const { subject, heading = '', paragraphs } = mailTexts[locale].notices[kind];
      return [subject, heading, ...paragraphs].flatMap((text) => text.match(/\{\{[^}]+\}\}/g) ?? []).sort();
    };
    for (const kind of kinds) expect(placeholders('fr', kind), kind).to.deep.equal(placeholders('en', kind));
    for (const locale of locales) expect(Object.keys(mailTexts[locale].notices)).to.have.members(kinds);
  });

  it('name the other person only when both said yes', () => {
    const mayName = kinds.filter((kind) => noticeRows[kind].partner);
    for (const kind of mayName) expect(['dialogue', 'meeting'], kind).to.include(noticeRows[kind].about);
    for (const kind of kinds.filter((each) => !mayName.includes(each))) {
      expect(JSON.stringify(mailTexts.fr.notices[kind]), kind).to.not.include('partner');
    }
  });

  it('tell a lapse with the same words to whoever it is, whatever the reason', () => {
    const told = (memberId: string): string =>
      render(aNotice({ kind: 'proposal_lapsed', memberId }), factsOf('proposal_lapsed'), morning).text;
    expect(told('the-mentee')).to.equal(told('the-mentor'));
  });

  it('tell with whom to appeal against an exclusion, each in one sentence, and never why', () => {
    const facts = factsOf('exclusion_told');
    const told = (appeal: Appeal): string =>
      render(aNotice({ kind: 'exclusion_told' }), { ...facts, appeal }, morning).text;
    const named = { name: 'Commission des recours', email: 'recours@programme.example' };
    expect(told({ to: 'named', contact: named })).to.include(
      'auprès de\u00a0: Commission des recours, recours@programme.example',
    );
    const mediator = { role: 'mediator', employer: 'CNRS', phone: '+33 1 23 45 67 89' } as const;
    expect(told({ to: 'mediator', contact: mediator })).to.include(
      'médiation de votre laboratoire\u00a0: +33 1 23 45 67 89',
    );
    expect(told({ to: 'coordination' })).to.include('commune à tous les laboratoires.');
    expect(told({ to: 'coordination' })).to.not.match(/harcèlement|menaces/u);
  });

  it('are refused when a sentence names what the facts do not hold', () => {
    const { addressee } = factsOf('meeting_agreed');
    expect(() => render(aNotice({ kind: 'meeting_agreed' }), { addressee }, morning)).to.throw();
  });

  it('escape a name in HTML and leave it alone in text', () => {
    const name = 'Ada <b>"M"</b> & Cie';
    const mail = render(aNotice(), factsOf('proposal_sent', { name }), morning);
    expect(mail.html).to.include('&lt;b&gt;');
    expect(mail.html).to.not.include('<b>');
    expect(mail.text).to.include(name);
  });

  it('hold no picture, no script, no form and one link, which is the same for everybody', () => {
    for (const kind of kinds) {
      const { html } = render(aNotice({ kind }), factsOf(kind), morning);
      expect(html).to.not.match(/<(?:img|script|form|iframe|link)\b|url\(/i);
      const link = kind === 'closing_survey' ? ownUrl : entryUrl('etis');
      expect([...html.matchAll(/https?:[^"\s<]+/g)].map(([url]) => url)).to.deep.equal([link]);
    }
  });

  it('give the same notice the same Message-ID, and another one to every other', () => {
    const idOf = (key: string): string => render(aNotice({ key }), factsOf('proposal_sent'), morning).messageId;
    expect(idOf('a')).to.equal(idOf('a')).and.not.equal(idOf('b'));
    expect(idOf('a')).to.match(/^<[0-9a-f]{40}@programme\.example>$/);
  });

  it('tell times in the zone of the reader, summer and winter, as people say them', () => {
    const mailOf = (startsAt: string, where: { zone: string; locale: 'fr' | 'en' }, moved = false) => {
      const facts = factsOf('meeting_agreed', where);
      const meeting = { ...facts.meeting!, startsAt: new Date(startsAt), ...(moved && { moved: true as const }) };
      return render(aNotice({ kind: 'meeting_agreed' }), { ...facts, meeting }, morning);
    };
    for (const [startsAt, zone, locale, words] of [
      ['2026-12-01T13:30:00Z', 'Europe/Paris', 'fr', 'mardi 1er décembre à 14\u00a0h\u00a030 (heure de Paris)'],
      ['2026-07-07T14:00:00Z', 'Europe/Paris', 'fr', 'mardi 7 juillet à 16\u00a0h (heure de Paris)'],
      ['2026-12-01T13:30:00Z', 'Indian/Reunion', 'fr', 'mardi 1er décembre à 17\u00a0h\u00a030 (heure de La Réunion)'],
      ['2026-12-02T02:00:00Z', 'America/Cayenne', 'fr', 'mardi 1er décembre à 23\u00a0h (heure de Cayenne)'],
      ['2026-12-01T08:05:00Z', 'Europe/Athens', 'fr', 'mardi 1er décembre à 10\u00a0h\u00a005 (heure d’Athens)'],
      ['2026-12-01T08:00:00Z', 'Europe/Paris', 'en', 'Tuesday 1 December, 9:00 (Paris time)'],
    ] as const) {
      const { text, subject } = mailOf(startsAt, { zone, locale });
      expect(text).to.include(words);
      expect(subject).to.include(words);
      expect(text).to.not.match(/UTC|GMT|CET/);
    }
    // Agreed, moved, and moved back: three mails that a list of mails tells apart.
    const [first, later] = ['2026-12-01T13:30:00Z', '2026-12-08T13:30:00Z'];
    const paris = { zone: 'Europe/Paris', locale: 'fr' } as const;
    const subjects = [mailOf(first, paris), ...[later, first].map((at) => mailOf(at, paris, true))];
    expect(new Set(subjects.map(({ subject }) => subject))).to.have.property('size', 3);
  });

  it('show the room as a link, in the text as it is', () => {
    const room = 'https://bbb.example/b/a,b?x=1&y=2';
    for (const locale of locales) {
      const mail = render(
        aNotice({ kind: 'meeting_agreed' }),
        { ...factsOf('meeting_agreed', { locale }), room },
        morning,
      );
      expect(mail.html).to.match(/<a href="https:\/\/bbb\.example\/b\/a,b\?x(?:=|&#x3D;)1&amp;y(?:=|&#x3D;)2"/u);
      expect(mail.text).to.include(`${mailTexts[locale].videoRoom} ${room}\n`);
    }
  });

  it('offer a way out of nudges, which asks for a session, and only of nudges', () => {
    for (const kind of kinds) {
      const { unsubscribeUrl } = render(aNotice({ kind }), factsOf(kind), morning);
      expect(unsubscribeUrl, kind).to.equal(isNudge(kind) ? entryUrl('etis') : undefined);
    }
  });

  it('have a heading for every kind that may share a mail with others', () => {
    const ofThreads = kinds.filter((kind) => noticeTiming[kind] === 'announced' && kind !== 'dialogue_renewed');
    for (const locale of locales) {
      for (const kind of [...nudges, ...ofThreads, 'case_message', 'case_opened', 'case_answered'] as const)
        expect(mailTexts[locale].notices[kind].heading, kind).to.be.a('string').and.not.empty;
    }
  });

  it('greet a coordinator whose name is not known, and say why they are written to', () => {
    for (const locale of locales) {
      const { text } = render(aNotice({ kind: 'case_opened' }), factsOf('case_opened', { locale, name: '' }));
      expect(text).to.match(/^(?:Bonjour|Hello),\n/);
      expect(text).to.match(/coordonnez|coordinate/);
    }
  });

  it('gather several nudges under a subject that says nothing of any, each under its heading, with one link', () => {
    for (const locale of locales) {
      const letters = nudges.map((kind) => ({ notice: aNotice({ kind }), facts: factsOf(kind, { locale }) }));
      const mail = renderMail([letters[0]!, ...letters.slice(1)], { key: 'k', now: morning });
      expect(mail.subject).to.equal(mailTexts[locale].digest.subject);
      expect(mail.subject).to.not.match(telling);
      expect(mail.html.match(/<h2/g)).to.have.length(nudges.length);
      expect(mail.html.match(/<a /g)).to.have.length(1);
      expect(mail.unsubscribeUrl).to.equal(entryUrl('etis'));
      for (const { notice, facts } of letters) {
        const alone = render(notice, facts).text.split('\n\n').slice(1, -2);
        for (const paragraph of alone) expect(mail.text).to.include(paragraph);
      }
      for (const body of [mail.text, mail.html]) expect(body).to.not.match(/\{\{|undefined|\[object|null/);
    }
  });
});
