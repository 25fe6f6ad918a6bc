import { expect } from 'chai';
import { requestOf } from '../../service/demo/factories.ts';
import { defaultMatchRules } from '../../service/domain/matching/index.ts';
import { rulesInForce, saveRules } from '../../service/usecases/match-rules.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { tryRules } from '../../service/usecases/try-rules.ts';
import { useProgramme } from '../support/programme.ts';

describe('The rules of the matching', () => {
  const programme = useProgramme();
  const strict = { ...defaultMatchRules, version: 'strict', floor: 99 };

  it("are the programme's own until others are saved, and then those saved last", async () => {
    expect(await rulesInForce(programme.ports())).to.deep.equal(defaultMatchRules);
    expect(await saveRules(programme.ports(), strict)).to.deep.equal({ saved: true });
    expect(await rulesInForce(programme.ports())).to.deep.equal(strict);
    programme.moveBy(1);
    expect(await saveRules(programme.ports(), { ...strict, version: 'mild', floor: 10 })).to.deep.equal({
      saved: true,
    });
    expect(await rulesInForce(programme.ports())).to.include({ version: 'mild', floor: 10 });
  });

  it('decide the next run, which names their version', async () => {
    await programme.joinPair();
    await saveRules(programme.ports(), strict);
    expect(await runMatching(programme.ports())).to.include({ rulesVersion: 'strict', served: 0 });
  });

  it('are refused when they are not sound', async () => {
    const unsound = { ...strict, weights: { ...strict.weights, lab: 90 } };
    expect(await saveRules(programme.ports(), unsound)).to.deep.equal({ saved: false, fault: 'weights_not_100' });
    expect(await tryRules(programme.ports(), unsound)).to.equal('weights_not_100');
    expect(await rulesInForce(programme.ports())).to.deep.equal(defaultMatchRules);
  });

  it('may change under one version until a run has used it, and never after', async () => {
    await saveRules(programme.ports(), strict);
    const milder = { ...strict, floor: 50 };
    expect(await saveRules(programme.ports(), milder)).to.deep.equal({ saved: true });
    await runMatching(programme.ports(), { dryRun: true });
    expect(await saveRules(programme.ports(), strict)).to.deep.equal({ saved: true });
    await runMatching(programme.ports());
    expect(await saveRules(programme.ports(), milder)).to.deep.equal({ saved: false, fault: 'version_used' });
    expect(await rulesInForce(programme.ports())).to.deep.equal(strict);
  });

  it('of the programme itself are protected too once a run has used them', async () => {
    await runMatching(programme.ports());
    const impostor = { ...defaultMatchRules, floor: 41 };
    expect(await saveRules(programme.ports(), impostor)).to.deep.equal({ saved: false, fault: 'version_used' });
    expect(await saveRules(programme.ports(), defaultMatchRules)).to.deep.equal({ saved: true });
  });

  it('can be put in force again, as they were, after others', async () => {
    await saveRules(programme.ports(), strict);
    await runMatching(programme.ports());
    programme.moveBy(1);
    await saveRules(programme.ports(), defaultMatchRules);
    programme.moveBy(1);
    expect(await saveRules(programme.ports(), strict)).to.deep.equal({ saved: true });
    expect(await rulesInForce(programme.ports())).to.deep.equal(strict);
  });

  it('are tried beside those in force without a trace, in counts only', async () => {
    const { mentor, request } = await programme.joinPair();
    const trial = await tryRules(programme.ports(), strict);
    expect(trial).to.include({ newlyServed: 0, noLongerServed: 1, otherMentor: 0 });
    expect(trial).to.have.nested.include({ 'present.served': 1, 'tried.served': 0, 'tried.version': 'strict' });
    for (const id of [mentor.id, request.id]) expect(JSON.stringify(trial)).to.not.include(id);
    expect(await programme.connection().collection('match_rules').countDocuments()).to.equal(0);
    expect(await programme.ports().runs.latest(1)).to.deep.equal([]);
  });

  it('tell who would be served in addition', async () => {
    await saveRules(programme.ports(), strict);
    await programme.joinPair();
    const another = await programme.join();
    await programme.ports().requests.insert(requestOf({ memberId: another.id }));
    expect(await tryRules(programme.ports(), defaultMatchRules)).to.include({ newlyServed: 2, noLongerServed: 0 });
  });
});
