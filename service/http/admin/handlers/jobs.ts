// How the jobs are doing: everything live, counts only.
import { page } from '../../visit.ts';
import { presentJobs } from '../present/jobs.ts';
import type { AdminHandler } from '../visit.ts';

export const showJobs: AdminHandler = async (visit) => page('admin-jobs', presentJobs(visit, await visit.viewHealth()));
