// Notices that were given up because of what a mail server said: counted, and queued again when the fault was not the person's.
import type { GivenUp, MailQueue, Refusals } from '../mail/ports.ts';
import type { Notices } from './notice-record.ts';

/** What servers refused, and may be asked again. */
export function givenUpOf(
  notices: Notices,
  refusals: Pick<Refusals, 'forgiveRefusal'>,
): Pick<MailQueue, 'listGivenUp' | 'retryGivenUp' | 'takeBackRefusals'> {
  const givenUp = (since: Date) => ({ status: { $in: ['refused', 'exhausted'] as const }, settledAt: { $gte: since } });
  const again = (at: Date) => ({
    $set: { status: 'pending' as const, notBefore: at, tries: 0 },
    $unset: { settledAt: '', mailKey: '', goesAlong: '' } as const,
  });
  const forgive = async (memberIds: readonly string[], at: Date): Promise<void> => {
    for (const memberId of new Set(memberIds)) await refusals.forgiveRefusal(memberId, at);
  };
  return {
    async listGivenUp(since) {
      const groups = await notices
        .aggregate<{ _id: Pick<GivenUp, 'kind' | 'code'> } & Pick<GivenUp, 'count' | 'lastAt'>>([
          { $match: givenUp(since) },
          { $group: { _id: { kind: '$kind', code: '$status' }, count: { $sum: 1 }, lastAt: { $max: '$settledAt' } } },
          { $sort: { lastAt: -1, _id: 1 } },
        ])
        .toArray();
      return groups.map(({ _id, count, lastAt }) => ({ ..._id, count, lastAt }));
    },
    async retryGivenUp(since, at) {
      // The addresses first: what is queued again must not be held back by what was noted of them.
      const memberIds = await notices.distinct('memberId', givenUp(since));
      await forgive(memberIds, at);
      return (await notices.updateMany(givenUp(since), again(at))).modifiedCount;
    },
    async takeBackRefusals(memberIds, since, at) {
      await forgive(memberIds, at);
      const theirs = { memberId: { $in: [...memberIds] }, status: 'refused' as const, settledAt: { $gte: since } };
      await notices.updateMany(theirs, again(at));
    },
  };
}
