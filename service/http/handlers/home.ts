// The dialogue space.
import { viewHome } from '../../usecases/view-home.ts';
import { presentHome } from '../present/home.ts';
import { type Handler, page, type ParticipantVisit } from '../visit.ts';

export const showHome: Handler<ParticipantVisit> = async (visit) =>
  page('home', presentHome(visit, await viewHome(visit.ports, { memberId: visit.member.id })));
