// One request of an administrator, and what its handlers may reach: the platforms and keys of the door, the
// programme's health, nobody's data.
import type { Administration, Tool } from '../../../lti/index.ts';
import type { Lab } from '../../domain/lab.ts';
import type { Locale } from '../../domain/terms.ts';
import type { ExclusionDesk } from '../../usecases/exclusion-desk.ts';
import type { Appointing } from '../../usecases/revoke-appointment.ts';
import type { TrailQuery, TrailView } from '../../usecases/view-trail.ts';
import type { HealthView } from '../../usecases/view-health.ts';
import type { Asked, Reply } from '../visit.ts';

export interface AdminVisit extends Asked {
  readonly administration: Administration;
  readonly keys: Tool['keys'];
  readonly viewHealth: () => Promise<HealthView>;
  readonly viewTrail: (query: TrailQuery) => Promise<TrailView>;
  /** What it takes to appoint coordinators. */
  readonly appointing: Appointing;
  /** Exclusions that coordinators ask for. */
  readonly exclusions: ExclusionDesk;
  readonly labs: readonly Pick<Lab, 'id' | 'name'>[];
  /** Wall clock of the programme's own place, for dates on pages. */
  readonly zone: string;
  readonly iconUrl: string;
  /** Issuers under which the configuration names coordinators. */
  readonly coordinatorIssuers: readonly string[];
  readonly now: Date;
  /** Keeps a trace in the log of what was done to which platform: never who, never a token. */
  readonly note: (deed: AdminDeed, platform?: string) => void;
  readonly speak: (locale: Locale) => Promise<void>;
  readonly leave: () => Promise<void>;
}

export type AdminDeed =
  | 'activated'
  | 'deactivated'
  | 'approved'
  | 'admitted'
  | 'rejected'
  | 'connected'
  | 'invited'
  | 'rotated'
  | 'appointed'
  | 'revoked'
  | 'excluded'
  | 'exclusion_refused'
  | 'exclusion_lifted';

export type AdminHandler = (visit: AdminVisit) => Reply | Promise<Reply>;
