// Submits the report form, the way a browser without JavaScript does.
import { ask } from './edge.ts'

export const postForm = (fields: Record<string, string> | string, lang = 'ky', changes = {}) =>
  ask(
    `/api/form/${lang}`,
    {
      method: 'POST',
      body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    changes,
  )

export const WORDS = 'Паспортумду алып коюшту.\r\n«Жумуш» деп алып келишкен & <b>'
