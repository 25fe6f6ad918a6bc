// The letter to somebody whose name was looked up: it tells what the trail tells, names nobody, and nothing stops it.
import { expect } from 'chai';
import { disclosureReasons, type DisclosureReason } from '../../service/domain/disclosure.ts';
import { noticeTiming, nudges, optionalNudges } from '../../service/domain/notice.ts';
import { locales } from '../../service/domain/terms.ts';
import { createLoad } from '../../service/mail/load.ts';
import type { MailFacts } from '../../service/mail/ports.ts';
import { mailTexts } from '../../views/mails/engine.ts';
import { aNotice, factsOf, renderOne } from '../support/mail.ts';
import { useProgramme } from '../support/programme.ts';

const kind = 'identity_disclosed';

describe('the letter about a look', () => {
  const programme = useProgramme();

  const traced = async (reason: string): Promise<string> => {
    const { trail, clock } = programme.ports();
    const actor = { kind: 'command_line', id: 'HGFDCBKLMN' } as const;
    const { seq } = await trail.append({ actor, act: kind, subject: 'BCDFGHJKLM', reason }, clock.now());
    return String(seq);
  };
  const load = (memberId: string, subjectId: string): Promise<MailFacts | undefined> =>
    createLoad(programme.ports())(aNotice({ kind, memberId, subjectId, key: `${kind}:${subjectId}:${memberId}` }));

  for (const locale of locales) {
    for (const reason of disclosureReasons) {
      it(`says in ${locale} on which day and why: ${reason}`, async () => {
        const { id } = await programme.join({ locale });
        const facts = await load(id, await traced(reason));
        const { text } = renderOne(aNotice({ kind }), facts!);
        expect(text).to.include(locale === 'fr' ? 'lundi 16 novembre' : 'Monday 16 November');
        expect(text).to.include(mailTexts[locale].disclosureReason[reason]);
        expect(text).to.match(locale === 'fr' ? /une trace.*coordination.*CNIL/su : /a trace.*coordinator.*CNIL/su);
        expect(text).to.not.match(/BCDFGHJKLM|HGFDCBKLMN/u);
      });
    }
  }

  it('is the same for whoever was looked up and for the other person of the dialogue', async () => {
    const seq = await traced('harassment' satisfies DisclosureReason);
    const [one, other] = [await programme.join(), await programme.join()];
    const written = await Promise.all(
      [one, other].map(async ({ id, name }) => {
        const facts = await load(id, seq);
        return renderOne(aNotice({ kind }), facts!).text.replaceAll(name, 'X');
      }),
    );
    expect(written[0]).to.equal(written[1]);
    expect(Object.keys((await load(one.id, seq))!)).to.have.members(['addressee', 'disclosure']);
  });

  it('reaches whoever has left, as long as their address is stored', async () => {
    const [left, erased] = [
      await programme.join({ status: 'withdrawn' }),
      await programme.join({ status: 'erased', email: '' }),
    ];
    expect((await load(left.id, await traced('harassment')))?.addressee.email).to.equal(left.email);
    expect(await load(erased.id, await traced('harassment'))).to.equal(undefined);
  });

  it('leaves at once, also for whoever wants no reminders or has a pause', async () => {
    expect(noticeTiming[kind]).to.equal('at_once');
    expect([...nudges, ...optionalNudges]).to.not.include(kind);
    expect(renderOne(aNotice({ kind }), factsOf(kind)).unsubscribeUrl).to.equal(undefined);
    const { id } = await programme.join({ nudgesOff: true, status: 'paused' });
    expect(await load(id, await traced('legal_order'))).to.not.equal(undefined);
  });

  it('is written of a look only', async () => {
    const { id } = await programme.join();
    const { trail, clock } = programme.ports();
    const actor = { kind: 'command_line', id: 'HGFDCBKLMN' } as const;
    const other = await trail.append({ actor, act: 'keys_rotated' }, clock.now());
    for (const subjectId of [String(other.seq), '99', 'nothing', await traced('curiosity')]) {
      expect(await load(id, subjectId), subjectId).to.equal(undefined);
    }
  });
});
