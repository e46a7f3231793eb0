// What an actor signs: the label and the UTF-8 of the statement.
import { concat, utf8, type Bytes } from '#protocol/bytes'

export const auditMessage = (statement: string): Bytes =>
  concat(utf8('oasis/v1/audit'), utf8(statement))
