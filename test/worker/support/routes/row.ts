// Declares a row of the matrix of staff routes: the callers that the route allows, and its object.
import type { ErrorCode } from '#protocol/errors'
import { routeOf, rowOfAction, type SentAction } from '#protocol/staff/actions'
import type { Role } from '#protocol/staff/fields'
import type { Person } from '../staff.ts'

/** The status of a response, and its code if the response is a refusal. */
export type Outcome = number | readonly [number, ErrorCode]

/** An object that a request refers to. */
export interface NamedObject {
  /**
   * makes or finds the object for a caller.
   *
   * @returns its id, in the form that the address or body contains
   */
  id: (who: Person) => string | Promise<string>
  /** the outcome for an allowed role */
  outcome: Outcome
  /** true when the request must change nothing, even if the response is 200 or 204 */
  isUnchanged?: boolean
}

/** An object with an owner: its maker, or the person to whom it belongs. */
interface OwnedObject {
  is: string
  own: NamedObject
  other: NamedObject
  missing: NamedObject
  malformed: NamedObject
  /**
   * true when a malformed id is refused before the role is checked, as in a body that a schema
   * parses
   */
  isParsedFirst?: boolean
}

/** An object without an owner, such as an epoch. */
interface SharedObject extends Omit<OwnedObject, 'own' | 'other'> {
  shared: NamedObject
}

export type RouteObject = OwnedObject | SharedObject

export interface Row {
  method: string
  path: (id: string) => string
  /** body of the request; for a change, signed by `who` */
  body?: (who: Person, id: string) => Promise<unknown>
  /** the allowed roles; null when the route does not need a session */
  roles: (Role | 'waiting')[] | null
  /** true when the edge refuses a session with an old proof of presence */
  needsProof: boolean
  /** null for a route without an object */
  object: RouteObject | null
  /** the signed action that the request contains, if there is one */
  action?: SentAction
}

/**
 * Makes the row for a signed action: the table of actions defines everything except the body and
 * the object.
 */
export function actionRow(action: SentAction, row: Pick<Row, 'body' | 'object'>): Row {
  const { method, pattern } = routeOf(action)
  const { roles, needsProof = false } = rowOfAction(action)
  return {
    ...row,
    method,
    path: (id) => pattern.replace(/:\w+/, id),
    roles: roles && [...roles],
    needsProof,
    action,
  }
}

/** Returns the variants of an object, each with its name. */
export const variantsOf = (object: RouteObject): [string, NamedObject][] => [
  ...('shared' in object ? variants({ 'an existing': object.shared }) : ofOwners(object)),
  ...variants({ 'a missing': object.missing, 'a malformed': object.malformed }),
]

const variants = (named: Record<string, NamedObject>): [string, NamedObject][] =>
  Object.entries(named)

const ofOwners = ({ own, other }: OwnedObject): [string, NamedObject][] =>
  variants({ 'their own': own, "another's": other })

/** Returns the id of an existing object; empty for a route without an object. */
export const existingId = async (who: Person, { object }: Row): Promise<string> =>
  object === null ? '' : ('shared' in object ? object.shared : object.own).id(who)

/** Returns a row's name for the title of a test. */
export const nameOfRow = ({ method, path }: Row): string => `${method} ${path(':id')}`
