// Lists the organisation's actions, which are recorded as rows in the ledger.
import { ADMIN, ADMIN_AND_INTAKE, EVERY_ROLE, INTAKE, ROOT, type ActionRow } from '../action-row.ts'
import { MAX_UPLOAD_BYTES } from './checkpoint.ts'
import { DiscardChange, WithdrawChange } from '../list/discard.ts'
import {
  InvitationCreate,
  InvitationWithdraw,
  OrgBegin,
  PersonCertify,
  PersonConfirm,
  PersonJoin,
  PersonRefuse,
  PersonRekey,
  PersonRemove,
  PersonRename,
} from './rows.ts'
import {
  CheckpointSign,
  EpochEnd,
  EpochOpen,
  EpochRetire,
  KeeperCertify,
  KeysLose,
  LedgerRestart,
  RecoveryRenew,
  TeamEnd,
  TeamOpen,
} from './keys.ts'
import { FiguresLeave } from '../figures.ts'
import { Certificate, Confirmation, Join, NewName } from '../people/people.ts'
import { QuietSet, RotaSet } from '../alerts/rota.ts'
import { EpochOpening, TeamOpening } from '../people/sealed-keys.ts'
import { ReplacedKeys } from '../people/slots.ts'
import { NewReceiver, ReceiverSet } from '../receivers.ts'
import { NewTemplate, TemplateSet } from '../templates.ts'

export const LEDGER_ACTIONS = {
  'org.begin': { change: OrgBegin, roles: ROOT },
  // Only the root's signature matters, so a person without a role may submit a certificate.
  'person.certify': {
    change: PersonCertify,
    route: 'POST me/certificate',
    roles: [...EVERY_ROLE, 'waiting'],
    needsProof: true,
    body: Certificate,
  },
  'invitation.create': {
    change: InvitationCreate,
    route: 'POST invitations',
    roles: ADMIN,
    needsProof: true,
    answer: 'made',
  },
  'invitation.withdraw': {
    change: InvitationWithdraw,
    route: 'POST invitations/:hash/withdraw',
    roles: ADMIN,
  },
  'person.join': {
    change: PersonJoin,
    route: 'POST invitations/accept',
    roles: null,
    body: Join,
    answer: 'me',
  },
  'person.confirm': {
    change: PersonConfirm,
    route: 'POST people/:id/confirm',
    roles: INTAKE,
    needsProof: true,
    body: Confirmation,
  },
  'person.refuse': { change: PersonRefuse, route: 'POST people/:id/refuse', roles: INTAKE },
  'person.remove': {
    change: PersonRemove,
    route: 'POST people/:id/remove',
    roles: ADMIN_AND_INTAKE,
    needsProof: true,
  },
  'person.rekey': {
    change: PersonRekey,
    route: 'POST me/new-keys',
    roles: EVERY_ROLE,
    needsProof: true,
    body: ReplacedKeys,
    answer: 'me',
  },
  'person.rename': {
    change: PersonRename,
    route: 'POST me/name',
    roles: EVERY_ROLE,
    needsProof: true,
    body: NewName,
  },
  'keeper.certify': {
    change: KeeperCertify,
    route: 'POST me/keeper',
    roles: INTAKE,
    needsProof: true,
  },
  'epoch.open': {
    change: EpochOpen,
    route: 'POST epochs',
    roles: INTAKE,
    needsProof: true,
    body: EpochOpening,
    answer: 'made',
  },
  'epoch.retire': {
    change: EpochRetire,
    route: 'POST epochs/:n/retire',
    roles: INTAKE,
    needsProof: true,
  },
  'epoch.end': { change: EpochEnd, route: 'POST epochs/:n/end', roles: INTAKE },
  'team.open': {
    change: TeamOpen,
    route: 'POST teams',
    roles: INTAKE,
    needsProof: true,
    body: TeamOpening,
    answer: 'made',
  },
  'team.end': { change: TeamEnd, route: 'POST teams/:n/end', roles: INTAKE },
  'keys.lose': {
    change: KeysLose,
    route: 'POST teams/:n/lost-keys',
    roles: INTAKE,
    needsProof: true,
  },
  'recovery.renew': { change: RecoveryRenew, roles: ROOT },
  'checkpoint.sign': {
    change: CheckpointSign,
    route: 'POST checkpoints',
    roles: INTAKE,
    maxBytes: MAX_UPLOAD_BYTES,
    answer: 'made',
  },
  'ledger.restart': {
    change: LedgerRestart,
    route: 'POST ledger/restart',
    roles: INTAKE,
    needsProof: true,
  },
  'reports.discard': {
    change: DiscardChange,
    route: 'POST discards/:id',
    roles: INTAKE,
    needsProof: true,
    answer: 'made',
  },
  'discard.withdraw': {
    change: WithdrawChange,
    route: 'POST discards/:id/withdraw',
    roles: INTAKE,
  },
  'rota.set': { change: RotaSet, route: 'POST alerts/rota', roles: ADMIN },
  'quiet.set': { change: QuietSet, route: 'POST alerts/quiet', roles: ADMIN_AND_INTAKE },
  'template.set': {
    change: TemplateSet,
    route: 'PUT templates/:name',
    roles: ADMIN,
    needsProof: true,
    body: NewTemplate,
  },
  'receiver.set': {
    change: ReceiverSet,
    route: 'PUT receivers/:id',
    roles: INTAKE,
    body: NewReceiver,
  },
  'figures.leave': {
    change: FiguresLeave,
    route: 'POST figures/:year',
    roles: INTAKE,
    needsProof: true,
    answer: 'made',
  },
} as const satisfies Record<string, ActionRow>
