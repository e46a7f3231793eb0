// Serves every signed action that has its own request. The table of actions defines the address,
// the body and the response; a handler here calls the verb.
import { Hono, type Context } from 'hono'
import {
  ALL_ACTIONS,
  isSent,
  routeOf,
  rowOfAction,
  type AnswerOf,
  type BodyOf,
  type RolesOf,
  type SentAction,
} from '#protocol/staff/actions'
import { readUpload } from '#protocol/staff/ledger/checkpoint'
import { SignedChange } from '#protocol/staff/chain'
import type { Deps, StaffDeps } from '#worker/deps'
import { setQuiet, setRota } from '#worker/alerts/set-duty'
import { acceptCaseKey } from '#worker/cases/accept-case-key'
import { acceptLetters } from '#worker/cases/accept-letters'
import { addEntry } from '#worker/cases/add-entry'
import { assignCase } from '#worker/cases/assign-case'
import { enterLetter } from '#worker/cases/enter-letter'
import { makeReferral } from '#worker/cases/make-referral'
import { mergeCases } from '#worker/cases/merge-cases'
import { returnCase } from '#worker/cases/return-case'
import { setDanger } from '#worker/cases/set-danger'
import { setRecord } from '#worker/cases/set-record'
import { setStatus } from '#worker/cases/set-status'
import { endDiscard, signDiscard } from '#worker/cases/sign-discard'
import { confirmReferral, markReferral } from '#worker/cases/sign-referral'
import { storeReply } from '#worker/cases/store-reply'
import { endEpoch, retireOldEpoch } from '#worker/epochs/end-epoch'
import { letFiguresLeave } from '#worker/figures/let-leave'
import { loseCaseKeys } from '#worker/epochs/lose-case-keys'
import { openEpoch } from '#worker/epochs/open-epoch'
import { endTeam, openTeam } from '#worker/epochs/open-team'
import { pinnedRoot } from '#worker/forms/pages/fetch-page'
import { restartLedger } from '#worker/ledger/restart-ledger'
import { storeCheckpoint } from '#worker/ledger/store-checkpoint'
import { certifyKeeper, certifyPerson } from '#worker/people/certify'
import { confirmPerson, refusePerson } from '#worker/people/confirm'
import { invitePerson, withdrawInvitation } from '#worker/people/invite'
import { joinStaff } from '#worker/people/join'
import { removePerson } from '#worker/people/remove'
import { renamePerson } from '#worker/people/rename'
import { replaceOwnKeys } from '#worker/people/replace-keys'
import { setReceiver } from '#worker/receivers/set-receiver'
import { setTemplate } from '#worker/templates/set-template'
import { depsFrom, siteFrom, type EdgeApp } from '../app.ts'
import { octets } from '../body.ts'
import { bodyOf, jsonIn, partyOf, staffDepsFrom, takesBytes } from './guard.ts'
import { respondSignedIn } from './session-cookie.ts'

/** The parts of a request, as defined by its row in the table. */
interface Asked<Of extends SentAction> {
  c: Context<EdgeApp>
  deps: RolesOf<Of> extends null ? Deps : StaffDeps
  body: BodyOf<Of>
  /** empty for an action whose address contains no subject */
  subject: string
}
type Handler<Of extends SentAction> = (
  asked: Asked<Of>,
) => AnswerOf<Of> extends 'me' ? Promise<Response> : Promise<void>

const HANDLERS: { readonly [Of in SentAction]: Handler<Of> } = {
  'person.certify': async ({ c, deps, body }) =>
    certifyPerson(deps, await pinnedRoot(siteFrom(c)), body),
  'invitation.create': ({ deps, body }) => invitePerson(deps, body),
  'invitation.withdraw': ({ deps, subject, body }) => withdrawInvitation(deps, subject, body),
  'person.join': async ({ c, deps, body }) =>
    respondSignedIn(c, await joinStaff(deps, partyOf(c), body)),
  'person.confirm': ({ deps, subject, body }) => confirmPerson(deps, subject, body),
  'person.refuse': ({ deps, subject, body }) => refusePerson(deps, subject, body),
  'person.remove': ({ deps, subject, body }) => removePerson(deps, subject, body),
  'person.rekey': async ({ c, deps, body }) =>
    respondSignedIn(c, await replaceOwnKeys(deps, partyOf(c), body)),
  'person.rename': ({ deps, body }) => renamePerson(deps, body),
  'keeper.certify': async ({ c, deps, body }) =>
    certifyKeeper(deps, await pinnedRoot(siteFrom(c)), body),
  'epoch.open': async ({ c, deps, body }) => openEpoch(deps, await pinnedRoot(siteFrom(c)), body),
  'epoch.retire': ({ deps, subject, body }) => retireOldEpoch(deps, subject, body),
  'epoch.end': ({ deps, subject, body }) => endEpoch(deps, subject, body),
  'team.open': ({ deps, body }) => openTeam(deps, body),
  'team.end': ({ deps, subject, body }) => endTeam(deps, subject, body),
  'keys.lose': ({ deps, subject, body }) => loseCaseKeys(deps, subject, body),
  'checkpoint.sign': ({ deps, body }) => {
    const { json, stored } = readUpload(body)
    return storeCheckpoint(deps, jsonIn(json, SignedChange), stored)
  },
  'ledger.restart': ({ deps, body }) => restartLedger(deps, body),
  'reports.discard': ({ deps, subject, body }) => signDiscard(deps, subject, body),
  'discard.withdraw': ({ deps, subject, body }) => endDiscard(deps, subject, body),
  'rota.set': ({ deps, body }) => setRota(deps, body),
  'quiet.set': ({ deps, body }) => setQuiet(deps, body),
  'template.set': ({ deps, subject, body }) => setTemplate(deps, subject, body),
  'receiver.set': ({ deps, subject, body }) => setReceiver(deps, subject, body),
  'figures.leave': ({ deps, subject, body }) => letFiguresLeave(deps, subject, body),
  'status.set': ({ deps, subject, body }) => setStatus(deps, subject, body),
  'key.make': ({ deps, subject, body }) => acceptCaseKey(deps, subject, body),
  'letters.take': ({ deps, subject, body }) => acceptLetters(deps, subject, body),
  'entry.add': ({ deps, subject, body }) => addEntry(deps, subject, body),
  'record.set': ({ deps, subject, body }) => setRecord(deps, subject, body),
  'answer.send': ({ deps, subject, body }) => storeReply(deps, subject, body),
  'danger.set': ({ deps, subject, body }) => setDanger(deps, subject, body),
  'case.assign': ({ deps, subject, body }) => assignCase(deps, subject, body),
  'case.return': ({ deps, subject, body }) => returnCase(deps, subject, body),
  'case.merge': ({ deps, subject, body }) => mergeCases(deps, subject, body),
  'letter.enter': ({ deps, body }) => enterLetter(deps, body),
  'referral.make': ({ deps, subject, body }) => makeReferral(deps, subject, body),
  'referral.confirm': ({ deps, subject, body }) => confirmReferral(deps, subject, body),
  'referral.mark': ({ deps, subject, body }) => markReferral(deps, subject, body),
}

/**
 * Returns the handler for an action. The cast is safe, because `answerTo` parses the input
 * according to the row of the same action.
 */
const handlerOf = (action: SentAction): ((asked: AnyAsked) => Promise<unknown>) =>
  HANDLERS[action] as (asked: AnyAsked) => Promise<unknown>
type AnyAsked = Pick<Asked<SentAction>, 'c' | 'subject'> & { deps: Deps; body: unknown }

/** Requires a session before it reads the body. */
async function answerTo(c: Context<EdgeApp>, action: SentAction): Promise<Response> {
  const { roles, body: schema = SignedChange, maxBytes, answer } = rowOfAction(action)
  const deps = roles === null ? depsFrom(c) : await staffDepsFrom(c)
  const body = maxBytes === undefined ? await bodyOf(c, schema) : await octets(c.req.raw, maxBytes)
  const [subject = ''] = Object.values(c.req.param())
  const answered = await handlerOf(action)({ c, deps, body, subject })
  if (answered instanceof Response) return answered
  return answer === 'made' ? c.json({}, 201) : c.body(null, 204)
}

export const signedActionRoutes = new Hono<EdgeApp>()
for (const action of ALL_ACTIONS.filter(isSent)) {
  const { method, pattern } = routeOf(action)
  const isOfBytes = rowOfAction(action).maxBytes !== undefined
  const answer = (c: Context<EdgeApp>): Promise<Response> => answerTo(c, action)
  if (isOfBytes) signedActionRoutes.on(method, `/${pattern}`, takesBytes, answer)
  else signedActionRoutes.on(method, `/${pattern}`, answer)
}
