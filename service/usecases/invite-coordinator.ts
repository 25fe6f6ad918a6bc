import { appointmentLinkDays, type Appointment, type CoordinatorOffice } from '../domain/coordinator.ts';
import type { Locale } from '../domain/terms.ts';
import type { Ports } from './ports.ts';

type Given = CoordinatorOffice & {
  readonly locale: Locale;
  /** As whoever invites knows the person, and where notices go. */
  readonly name?: string;
  readonly email?: string;
};

export interface InvitedCoordinator {
  readonly appointment: Appointment;
  /** The link's secret; only its hash is kept. */
  readonly token: string;
}

/** Makes a one-time link; whoever uses it inside a launch coordinates from then on. */
export async function inviteCoordinator(
  { coordinators, secrets, clock, newId }: Pick<Ports, 'coordinators' | 'secrets' | 'clock' | 'newId'>,
  given: Given,
): Promise<InvitedCoordinator> {
  const token = secrets.make();
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + appointmentLinkDays * 86_400_000);
  const made = { id: newId(), from: 'link', createdAt, expiresAt, tokenHash: secrets.hash(token) } as const;
  const appointment = { ...given, ...made };
  await coordinators.insert(appointment);
  return { appointment, token };
}
