// Runs that a coordinator asks for: done by whichever copy of the service finds them, once, and never by the page itself.
import { expect } from 'chai';
import { demandMatching } from '../../service/usecases/demand-matching.ts';
import { saveRules } from '../../service/usecases/match-rules.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { runDemandedMatching } from '../../service/usecases/run-demanded-matching.ts';
import { runMatching } from '../../service/usecases/run-matching.ts';
import { runRegularMatching } from '../../service/usecases/run-regular-matching.ts';
import { settleProposals } from '../../service/usecases/settle-proposals.ts';
import { stopMatchingRun } from '../../service/usecases/stop-matching-run.ts';
import { viewMatchingRun } from '../../service/usecases/view-matching-run.ts';
import { beforeBatches, crowd } from '../support/matching-runs.ts';
import { dayMs, useProgramme } from '../support/programme.ts';

const minute = 60_000;
const key = 'demand one';

describe('A run that was asked for', () => {
  const programme = useProgramme();

  const demand = (dryRun = false): Promise<void> => demandMatching(programme.ports(), { key, dryRun });
  const record = () => viewMatchingRun(programme.ports(), { key });
  const proposals = (): Promise<number> => programme.connection().collection('proposals').countDocuments();

  /** A copy of the service in which something happens between the matching and the proposals. */
  function copy(during: () => Promise<unknown>): Ports {
    const ports = programme.ports();
    return {
      ...ports,
      matcher: async (...job) => {
        const result = await ports.matcher(...job);
        await during();
        return result;
      },
    };
  }

  it('waits in its record until a copy of the service does it', async () => {
    await crowd(programme, 2);
    await demand();
    expect(await record())
      .to.include({ requests: 0, proposed: 0 })
      .and.to.not.have.any.keys('begunAt', 'finishedAt');
    expect(await proposals()).to.equal(0);
    expect(await runDemandedMatching(programme.ports())).to.deep.equal({ done: 1, failed: 0 });
    expect(await record()).to.include({ requests: 2, served: 2, proposed: 2, skipped: 0 });
    expect((await record()).finishedAt).to.deep.equal(programme.now());
    expect(await programme.ports().runs.findCertificate(key)).to.be.an('object');
  });

  it('is one run, however often it is asked for and however many copies look', async () => {
    await crowd(programme, 3);
    await Promise.all([1, 2, 3].map(() => demand()));
    const counts = await Promise.all([1, 2, 3].map(() => runDemandedMatching(programme.ports())));
    expect(counts.map(({ done }) => done).sort()).to.deep.equal([0, 0, 1]);
    await demand();
    expect(await runDemandedMatching(programme.ports())).to.deep.equal({ done: 0, failed: 0 });
    expect(await proposals()).to.equal(3);
    expect(await programme.connection().collection('runs').countDocuments()).to.equal(1);
  });

  it('goes by the rules in force when it begins, and names them', async () => {
    await crowd(programme, 1);
    await demand();
    const { match } = programme.ports().rules;
    await saveRules(programme.ports(), { ...match, version: 'strict', floor: 99 });
    await runDemandedMatching(programme.ports());
    expect(await record()).to.include({ rulesVersion: 'strict', served: 0 });
  });

  it('that is stopped while it waits never begins', async () => {
    await crowd(programme, 2);
    await demand();
    expect(await stopMatchingRun(programme.ports(), { key })).to.equal(true);
    await runDemandedMatching(copy(() => Promise.reject(new Error('it matched all the same'))));
    expect(await record()).to.include({ stopped: true, served: 0, proposed: 0 });
    expect(await stopMatchingRun(programme.ports(), { key })).to.equal(false);
    expect(programme.failures()).to.deep.equal([]);
  });

  it('that is stopped between two batches keeps what it proposed', async () => {
    await crowd(programme, 520);
    await demand();
    const ports = programme.ports();
    const stopping = beforeBatches(ports, () => stopMatchingRun(ports, { key }));
    await runDemandedMatching(stopping);
    const run = await record();
    expect(run).to.include({ served: 520, stopped: true, stopAsked: true });
    expect(run.proposed).to.be.within(250, 500);
    expect(await proposals()).to.equal(run.proposed);
  });

  it('that fails is over and says so, and the next one is done all the same', async () => {
    await crowd(programme, 1);
    await demand();
    await demandMatching(programme.ports(), { key: 'demand two', dryRun: false });
    let calls = 0;
    const failing = copy(() => ((calls += 1) === 1 ? Promise.reject(new Error('Ada Martin')) : Promise.resolve()));
    expect(await runDemandedMatching(failing)).to.deep.equal({ done: 1, failed: 1 });
    const records = await programme.ports().runs.latest(2);
    expect(records.map(({ failed = false, proposed }) => [failed, proposed]).sort()).to.deep.equal([
      [false, 1],
      [true, 0],
    ]);
    expect(JSON.stringify(records)).to.not.include('Ada');
    expect(programme.failures()).to.have.length(1);
  });

  it('whose copy of the service ends in good order goes on in another one at once', async () => {
    await crowd(programme, 2);
    await demand();
    const ending = new AbortController();
    await runDemandedMatching(
      copy(async () => {
        ending.abort();
        await other();
      }),
      { signal: ending.signal },
    );
    expect(await record())
      .to.include({ served: 2, proposed: 2 })
      .and.to.not.have.property('stopped');
    expect(await proposals()).to.equal(2);
    expect(programme.failures()).to.deep.equal([]);

    async function other(): Promise<void> {
      // The release is on its way when the signal comes.
      for (let done = 0; done === 0;) done = (await runDemandedMatching(programme.ports())).done;
    }
  });

  it('whose copy of the service died is taken up after ten minutes', async () => {
    await crowd(programme, 2);
    await demand();
    await programme.ports().runs.takeUp(key, { holder: 'dead', now: programme.now(), silentBefore: programme.now() });
    expect(await runDemandedMatching(programme.ports())).to.include({ done: 0 });
    programme.moveBy(11 * minute);
    expect(await runDemandedMatching(programme.ports())).to.include({ done: 1 });
    expect(await record()).to.include({ proposed: 2 });
  });

  it('that nobody does is over after an hour', async () => {
    await demand();
    programme.moveBy(61 * minute);
    await runRegularMatching(programme.ports());
    expect(await record()).to.include({ stopped: true });
    expect(await runDemandedMatching(programme.ports())).to.include({ done: 0 });
  });

  describe('is lost by a copy that was taken for dead', () => {
    /** The first copy sleeps after its matching; a second one takes the run up, and does all of it or dies too. */
    async function overtaken(second: () => Promise<unknown>): Promise<void> {
      await demand();
      await runDemandedMatching(
        copy(async () => {
          programme.moveBy(11 * minute);
          await second();
        }),
      );
    }

    it('which then neither proposes nor finishes it again', async () => {
      await crowd(programme, 2);
      await overtaken(async () => {
        await runDemandedMatching(programme.ports());
        programme.moveBy(minute);
      });
      const run = await record();
      expect(run).to.include({ proposed: 2, skipped: 0 });
      expect(run.finishedAt).to.deep.equal(new Date(programme.now().getTime() - minute));
      expect(await proposals()).to.equal(2);
    });

    it('which does not end it while the second one is at work', async () => {
      await crowd(programme, 2);
      const at = () => ({ holder: 'second', now: programme.now(), silentBefore: programme.now() });
      await overtaken(() => programme.ports().runs.takeUpDemanded(at()));
      expect(await record())
        .to.include({ proposed: 0 })
        .and.to.not.have.any.keys('finishedAt', 'stopped', 'failed');
      expect(await proposals()).to.equal(0);
    });

    it('which does not mark it failed when it fails itself', async () => {
      await crowd(programme, 1);
      const at = () => ({ holder: 'second', now: programme.now(), silentBefore: programme.now() });
      await overtaken(async () => {
        await programme.ports().runs.takeUpDemanded(at());
        throw new Error('too late');
      });
      expect(await record()).to.not.have.any.keys('finishedAt', 'failed');
    });
  });

  it('counts what it had proposed before it was taken up', async () => {
    await crowd(programme, 520);
    const ports = programme.ports();
    const failing = beforeBatches(ports, (batch) =>
      batch === 3 ? Promise.reject(new Error('away')) : Promise.resolve(),
    );
    await runMatching(failing, { key }).catch(() => undefined);
    expect(await record())
      .to.include({ proposed: 500 })
      .and.to.not.have.property('finishedAt');
    programme.moveBy(11 * minute);
    await settleProposals(ports);
    await runDemandedMatching(ports);
    expect(await record()).to.include({ requests: 520, served: 520, proposed: 520, skipped: 0 });
    expect(await proposals()).to.equal(520);
  });

  describe('as a dry run', () => {
    it('keeps its figures and proposes nothing', async () => {
      const { request } = await programme.joinPair();
      await demand(true);
      expect(await runDemandedMatching(programme.ports())).to.deep.equal({ done: 1, failed: 0 });
      expect(await record()).to.include({ dryRun: true, requests: 1, served: 1, proposed: 0, skipped: 0 });
      expect((await record()).inputHash).to.have.length(32);
      expect((await programme.ports().requests.find(request.id))?.status).to.equal('open');
      for (const name of ['proposals', 'outbox', 'pair_marks', 'match_rules']) {
        expect(await programme.connection().collection(name).countDocuments(), name).to.equal(0);
      }
    });

    it('can be stopped like any other', async () => {
      await demand(true);
      await runDemandedMatching(copy(() => stopMatchingRun(programme.ports(), { key })));
      expect(await record()).to.include({ dryRun: true, stopped: true });
    });

    it('is forgotten when another one is asked for more than a week later', async () => {
      await demand(true);
      await runDemandedMatching(programme.ports());
      programme.moveBy(8 * dayMs);
      await demandMatching(programme.ports(), { key: 'demand two', dryRun: true });
      expect(await programme.ports().runs.find(key)).to.equal(undefined);
      expect(await programme.ports().runs.find('demand two')).to.include({ dryRun: true });
    });
  });

  describe('has its result checked by its certificate', () => {
    const checked = async (verify: Ports['rules']['verify'], seed: number): Promise<boolean> => {
      const ports = programme.ports();
      let asked = false;
      const watching: Ports = {
        ...ports,
        rules: { ...ports.rules, verify },
        matcher: (input, job) => {
          asked = job.verify === true;
          return ports.matcher(input, job);
        },
      };
      await runMatching(watching, { dryRun: true, seed });
      return asked;
    };

    it('always up to the number of requests that the programme names, above as the seed falls', async () => {
      await crowd(programme, 2);
      expect(await checked({ upTo: 2, thenOneIn: 10 }, 7)).to.equal(true);
      expect(await checked({ upTo: 1, thenOneIn: 10 }, 7)).to.equal(false);
      expect(await checked({ upTo: 1, thenOneIn: 10 }, 20)).to.equal(true);
      expect(await checked({ upTo: 1, thenOneIn: 1 }, 7)).to.equal(true);
    });
  });

  it('that does not exist cannot be seen or stopped', async () => {
    const failure = await record().catch((error: unknown) => error);
    expect(failure).to.have.property('code', 'not_found');
    expect(await stopMatchingRun(programme.ports(), { key })).to.equal(false);
  });
});
