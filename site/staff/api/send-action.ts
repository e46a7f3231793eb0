// Sends the requests for all signed actions, as the table of actions defines them.
import {
  requestOf,
  rowOfAction,
  type AnswerOf,
  type BodyOf,
  type SentAction,
  type SubjectOf,
} from '#protocol/staff/actions'
import { Me } from '#protocol/staff/people/people'
import * as z from 'zod/mini'
import { ask, nothing } from './client.ts'

/**
 * Sends the body of an action.
 *
 * @param subject  only for an action whose address contains the id of its subject
 * @returns the person and the new session, for an action that starts one
 * @throws Refusal the codes of `ask`
 */
export function sendAction<Of extends SentAction>(
  action: Of,
  body: BodyOf<Of>,
  ...subject: SubjectOf<Of>
): Promise<AnswerOf<Of> extends 'me' ? Me : unknown>
export function sendAction(
  action: SentAction,
  body: object,
  ...[subject]: string[]
): Promise<unknown> {
  const { answer } = rowOfAction(action)
  const schema = answer === 'me' ? Me : answer === 'made' ? z.unknown() : nothing
  return ask<z.ZodMiniType>({ ...requestOf(action, subject), body, answer: schema })
}
