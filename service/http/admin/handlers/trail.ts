// The audit trail: read, and followed from end to end. Nothing on any page changes it.
import { z } from 'zod';
import { auditActs } from '../../../domain/audit.ts';
import { page } from '../../visit.ts';
import { presentTrail } from '../present/trail.ts';
import type { AdminHandler } from '../visit.ts';

/** What is not ours in the address is taken for absent. */
const query = z.object({
  act: z.enum(auditActs).optional().catch(undefined),
  before: z.coerce.number().int().positive().optional().catch(undefined),
  verify: z.literal('yes').optional().catch(undefined),
});

export const showTrail: AdminHandler = async (visit) => {
  const { act, before, verify } = query.parse(visit.query);
  const asked = { ...(act && { act }), ...(before !== undefined && { before }), verify: verify === 'yes' };
  return page('admin-trail', presentTrail(visit, asked, await visit.viewTrail(asked)));
};
